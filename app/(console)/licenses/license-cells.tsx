import { dateStyle } from "@/app/(console)/_lib/date-style";
import { timeLeft, validityText } from "@/components/text/license-labels";
import { statusLabel } from "@/components/text/status-labels";
import { Link } from "@/components/ui/link";
import { Seal } from "@/components/ui/seal";
import { StateBadge } from "@/components/ui/state-badge";
import { dateText } from "@/domain/dates/date-style";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { licenseMark } from "@/domain/licenses/license-state";
import type { HealthyLicense } from "@/server/overview/license-summaries";
import styles from "./license-table.module.css";

/** The number and customer of a license, with its seal, as a link to it. */
export function LicenseLink({ row: { number, customer, status, standing, trial } }: { row: HealthyLicense }) {
  return (
    <Link className={styles.license} href={`/licenses/${number}`}>
      <Seal number={number} status={licenseMark(status, standing, trial)} size={28} />
      <span>
        <span className={styles.number}>{formatLicenseNumber(number)}</span>
        <span className={styles.customer} title={customer.name}>
          {customer.name}
        </span>
      </span>
    </Link>
  );
}

/** How long a license is still valid, and until when. */
export async function EndOf({ row, now }: { row: HealthyLicense; now: Date }) {
  const { endsAt } = row.glance;
  const dates = await dateStyle();
  const left = timeLeft(row, now, dates);
  if (!left) return <span>{validityText(row.valid, dates)}</span>;
  const isBegun = row.standing !== "not-yet-valid";
  return (
    <span className={styles.lines}>
      <span>{left}</span>
      <span className={styles.left}>
        {endsAt && isBegun ? dateText(new Date(endsAt.getTime() - 1), dates) : validityText(row.valid, dates)}
      </span>
    </span>
  );
}

/** The worst state of a license, and how many others it is in. */
export async function StateOf({ row, now }: { row: HealthyLicense; now: Date }) {
  const { words, state, more } = statusLabel(row, now, await dateStyle());
  return (
    <span className={styles.state}>
      {state ? <StateBadge state={state}>{words}</StateBadge> : words}
      {more > 0 ? (
        <span className={styles.more} title={`and ${more} more`}>
          +{more}
        </span>
      ) : null}
    </span>
  );
}
