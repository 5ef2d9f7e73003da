import { StateBadge } from "@/components/ui/state-badge";
import type { ScimConnection } from "@/server/scim/shown-connections";

/** Whether a connection changes seats, only reports, or has ended. */
export function DirectoryMode({ of: { report, revoked, expires }, now }: { of: ScimConnection; now: Date }) {
  if (revoked) return <StateBadge state="revoked">Revoked</StateBadge>;
  if (expires && expires <= now) return <StateBadge state="expired">Expired</StateBadge>;
  if (report) return <StateBadge state="suspended">Only reports</StateBadge>;
  return <StateBadge state="within">Active</StateBadge>;
}
