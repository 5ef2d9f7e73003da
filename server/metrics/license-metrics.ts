import { setImmediate } from "node:timers/promises";
import { metricHead, sampleLine } from "@/domain/metrics/exposition";
import { LICENSE_GAUGES } from "@/domain/metrics/license-gauges";
import { noteFailure } from "@/server/store/failures";
import { perProcess } from "@/server/store/per-process";
import { type InstallationFigures, installationFigures } from "./license-facts";

type Kept = { at: Date; text: Promise<string> };

/** How long a text is served again: several scrapers, and a short interval, cost the store nothing more. */
const FRESH_MS = 15_000;
/** So many licenses are written at once; in between, requests have their turn. */
const AT_ONCE = 500;
const SUCCESS = {
  name: "signet_license_scrape_success",
  help: "Whether the numbers of licenses could be read from the store.",
};

const kept = () => perProcess("license-metrics", (): { last?: Kept } => ({}));

/**
 * The metrics of licenses in the text format of Prometheus, at most 15 seconds old. Requests at the same time share one
 * statement. While the store is away there are none, and `signet_license_scrape_success` is 0.
 */
export function licenseMetrics(now: Date): Promise<string> {
  const state = kept();
  const { last } = state;
  if (last && Math.abs(now.getTime() - last.at.getTime()) < FRESH_MS) return last.text;
  state.last = { at: now, text: read(now) };
  return state.last.text;
}

async function read(now: Date): Promise<string> {
  try {
    return `${successLine(true)}${await written(await installationFigures(now))}`;
  } catch (error) {
    noteFailure(error, { path: "/metrics" });
    return successLine(false);
  }
}

async function written({ licenses, verified }: InstallationFigures): Promise<string> {
  const texts: string[] = [];
  for (const { name, help, lines } of LICENSE_GAUGES) {
    texts.push(metricHead(name, help));
    for (let begin = 0; begin < licenses.length; begin += AT_ONCE) {
      texts.push(
        licenses
          .slice(begin, begin + AT_ONCE)
          .map(lines)
          .join(""),
      );
      await setImmediate();
    }
  }
  if (verified) texts.push(installationLines(verified));
  return texts.join("");
}

function installationLines({ isIntact, at }: NonNullable<InstallationFigures["verified"]>): string {
  const intact = "signet_installation_audit_intact";
  const when = "signet_installation_audit_verified_timestamp_seconds";
  return (
    metricHead(intact, "Whether the last verification found the installation's audit chain intact.") +
    sampleLine(intact, {}, Number(isIntact)) +
    metricHead(when, "When the installation's audit chain was last verified.") +
    sampleLine(when, {}, at.getTime() / 1000)
  );
}

function successLine(isSuccess: boolean): string {
  return metricHead(SUCCESS.name, SUCCESS.help) + sampleLine(SUCCESS.name, {}, Number(isSuccess));
}
