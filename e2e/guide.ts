import allotments from "@/e2e/fixtures/activation-reply.json" with { type: "json" };
import reportOfGuide from "@/e2e/fixtures/consumption-report.json" with { type: "json" };
import syncOfGuide from "@/e2e/fixtures/sync-request.json" with { type: "json" };
import type { Report, SyncRequest } from "./product";

/** The reference guide's payloads, for a test's own license. */
export const GUIDE_ALLOTMENTS = allotments;
export const GUIDE_REPORT: Report = reportOfGuide;

/** The allotment in the guide's sync request; its activation response lacks it. */
export const ANALYZER = {
  name: "analyzer",
  usage: { class: "assigned", minimum: 1 },
  provisions: [{ accessType: "analyzer" }],
  units: [{ count: 5, valid: "" }],
};

export function guideSync(number: string): SyncRequest {
  const license = spaced(number);
  return {
    ...syncOfGuide,
    bases: syncOfGuide.bases.map((base) => ({ ...base, license })),
    patches: syncOfGuide.patches.map((patch) => ({ ...patch, license })),
  };
}

/** A number as people and the guide write it: `1234 1234 1234 1234`. */
export function spaced(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, "$1 ");
}

/** The guide's time allotment with custom overage and units. */
export function timeAllotment(more: object = {}): object {
  const [allotment] = allotments;
  return { ...allotment, ...more };
}

/** An allotment with this many seats. */
export function seats(count: number, name = "professional"): object {
  return { ...ANALYZER, name, provisions: [{ accessType: name }], units: [{ count, valid: "" }] };
}
