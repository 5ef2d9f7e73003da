/** The labels of a sample: fixed names, values of any text. */
type Labels = Readonly<Record<string, string>>;

/**
 * The two lines that begin a metric in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats).
 */
export function metricHead(name: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
}

/** A metric with one sample; null if there is none now. */
export type Gauge<Figures> = {
  name: string;
  help: string;
  value(figures: Figures, now: Date): number | null;
};

/** The metrics of some figures, without those that have no sample now. */
export function gaugesText<Figures>(gauges: readonly Gauge<Figures>[], figures: Figures, now: Date): string {
  const texts = gauges.map(({ name, help, value }) => {
    const number = value(figures, now);
    return number === null ? "" : metricHead(name, help) + sampleLine(name, {}, number);
  });
  return texts.join("");
}

/** One line of a metric: its value now, under these labels. */
export function sampleLine(name: string, labels: Labels, value: number): string {
  let pairs = "";
  for (const label in labels) pairs += `${pairs && ","}${label}="${escaped(labels[label] ?? "")}"`;
  return pairs ? `${name}{${pairs}} ${numberText(value)}\n` : `${name} ${numberText(value)}\n`;
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return String(value);
}

function escaped(text: string): string {
  return /[\\"\n]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")
    : text;
}
