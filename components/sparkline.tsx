import styles from "./sparkline.module.css";

const WIDTH = 96;
const HEIGHT = 24;
const EDGE = 3;
const FEWEST = 5;

/** How something went, from zero, the last day marked; its figures stand in words beside it. Nothing for too few days. */
export function Sparkline({ days }: { days: readonly number[] }) {
  if (days.filter((day) => day > 0).length < FEWEST) return null;
  const most = Math.max(...days);
  const points = days.map((day, i) => [
    EDGE + ((WIDTH - 2 * EDGE) * i) / (days.length - 1),
    HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * day) / most,
  ]);
  const [x, y] = points.at(-1) ?? [];
  return (
    <svg className={styles.line} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <polyline points={points.map((point) => point.map((at) => at.toFixed(1)).join(",")).join(" ")} />
      <circle cx={x} cy={y} r="2" />
    </svg>
  );
}
