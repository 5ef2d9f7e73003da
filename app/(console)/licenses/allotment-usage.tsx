import { count } from "@/components/text/numbers";
import { Meter } from "@/components/ui/meter";
import { type LicenseAllotment, worstAllotment } from "@/domain/licenses/license-allotments";
import styles from "./allotment-usage.module.css";

type Props = { pools: readonly LicenseAllotment[] };

/** How many seats of a license are taken, of all its pools. */
export function SeatsUse({ pools }: Props) {
  const seats = pools.flatMap((pool) => (pool.class === "assigned" ? pool : []));
  if (seats.length === 0) return <None what="seats" />;
  const sum = (of: (pool: (typeof seats)[number]) => number) =>
    seats.reduce((all, pool) => all + of(pool), 0);
  const title = seats.map(({ name, live, units }) => `${name} ${count(live)} of ${count(units)}`).join(", ");
  return (
    <span title={title}>
      {count(sum(({ live }) => live))} of {count(sum(({ units }) => units))}
    </span>
  );
}

/** The pool of minutes that stands worst this month. */
export function MinutesUse({ pools }: Props) {
  const pool = worstAllotment(pools.filter((one) => one.class === "time"));
  if (pool?.class !== "time") return <None what="minutes" />;
  return (
    <span className={styles.minutes} title={pool.name}>
      <span>
        {count(pool.total)} of {count(pool.quota)}
      </span>
      <Meter used={pool.total} quota={pool.quota} overage={pool.overage} />
    </span>
  );
}

function None({ what }: { what: string }) {
  return (
    <span className={styles.none}>
      <span aria-hidden>–</span>
      <span className={styles.spoken}>no {what}</span>
    </span>
  );
}
