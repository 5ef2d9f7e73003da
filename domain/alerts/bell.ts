import type { Need } from "@/domain/licenses/attention";
import { nameKey } from "@/domain/licenses/definition";
import type { AlertData, AlertKind } from "./alert";

/** The needs that say the same as an alert, for the same license and allotment. */
const SAME: Record<AlertKind, readonly Need["kind"][]> = {
  "capacity.threshold": ["exceeded", "overage", "crossing"],
  "capacity.quota-reached": ["exceeded", "overage"],
  "capacity.cap-reached": ["exceeded"],
  "capacity.forecast": ["exceeded", "overage", "crossing"],
  "seats.nearly-full": ["excess"],
  "seats.full": ["excess"],
  expiring: ["ending"],
  expired: ["ended"],
  "checkout.expiring": [],
  "deployment.silent": ["silent"],
  rejections: ["rejected"],
  "reclaim.announced": [],
  "key.expiring": [],
  "signing-key.expiring": [],
  "webhook.failing": [],
  "checkpoint.overdue": [],
  "backup.overdue": [],
};

/** Whether one of a license's needs already says what an alert says, so that the bell doesn't show both. */
export function isSaidBy(
  needs: readonly Need[],
  { kind, data }: { kind: AlertKind; data: AlertData },
): boolean {
  const { allotment } = data;
  return needs.some(
    (need) =>
      SAME[kind].includes(need.kind) &&
      (!("pool" in need) || nameKey(need.pool.name) === nameKey(String(allotment ?? ""))),
  );
}
