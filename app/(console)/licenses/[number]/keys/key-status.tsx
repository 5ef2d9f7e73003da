import { dateStyle } from "@/app/(console)/_lib/date-style";
import { StateBadge } from "@/components/ui/state-badge";
import { dayText } from "@/domain/dates/date-style";
import type { LicenseKey } from "@/server/keys/license-keys";
import styles from "./key-table.module.css";

/** Whether a key works, or since when and why it doesn't. */
export async function KeyStatus({ of: { revoked, revokedReason, withdrawn } }: { of: LicenseKey }) {
  if (revoked)
    return (
      <span className={styles.lines} title={revokedReason ?? undefined}>
        <StateBadge state="revoked">{`Revoked ${dayText(revoked, await dateStyle())}`}</StateBadge>
        {revokedReason ? <span className={styles.by}>{revokedReason}</span> : null}
      </span>
    );
  return withdrawn ? <StateBadge state="revoked">Withdrawn</StateBadge> : "In use";
}
