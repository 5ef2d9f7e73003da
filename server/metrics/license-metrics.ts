import { setImmediate } from "node:timers/promises";
import { metricHead, sampleLine } from "@/domain/metrics/exposition";
import { installationMetrics } from "@/domain/metrics/installation-gauges";
import type { LicenseFigures } from "@/domain/metrics/license-figures";
import { LICENSE_GAUGES } from "@/domain/metrics/license-gauges";
import { noteFailure } from "@/server/store/failures";
import { perProcess } from "@/server/store/per-process";
import { storeFigures } from "./license-facts";

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
 * The metrics of licenses and of the installation in the text format of Prometheus, at most 15 seconds old. Requests
 * at the same time share one statement. While the store is away there are none, and `signet_license_scrape_success` is 0.
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
    const { licenses, installation } = await storeFigures(now);
    return successLine(true) + installationMetrics(installation, now) + (await written(licenses));
  } catch (error) {
    noteFailure(error, { path: "/metrics" });
    return successLine(false);
  }
}

async function written(licenses: readonly LicenseFigures[]): Promise<string> {
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
  return texts.join("");
}

function successLine(isSuccess: boolean): string {
  return metricHead(SUCCESS.name, SUCCESS.help) + sampleLine(SUCCESS.name, {}, Number(isSuccess));
}
