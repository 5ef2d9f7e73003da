import { count } from "@/components/text/numbers";
import { Meter } from "@/components/ui/meter";
import { type LicenseAllotment, worstAllotment } from "@/domain/licenses/license-allotments";
import styles from "./allotment-usage.module.css";

type Props = { pools: readonly LicenseAllotment[] };

/** The seats taken in all allotments of a license. */
export function SeatsUse({ pools }: Props) {
  const seats = pools.flatMap((allotment) => (allotment.class === "assigned" ? allotment : []));
  if (seats.length === 0) return <None what="seats" />;
  const sum = (of: (pool: (typeof seats)[number]) => number) =>
    seats.reduce((all, allotment) => all + of(allotment), 0);
  const title = seats.map(({ name, live, units }) => `${name} ${count(live)} of ${count(units)}`).join(", ");
  return (
    <span title={title}>
      {count(sum(({ live }) => live))} of {count(sum(({ units }) => units))}
    </span>
  );
}

/** The allotment of minutes with the worst status this month, with its meter unless it stands `isBare`. */
export function MinutesUse({ pools, isBare = false }: Props & { isBare?: boolean }) {
  const allotment = worstAllotment(pools.filter((one) => one.class === "time"));
  if (allotment?.class !== "time") return <None what="minutes" />;
  return (
    <span className={isBare ? undefined : styles.minutes} title={allotment.name}>
      <span>
        {count(allotment.total)} of {count(allotment.quota)}
      </span>
      {isBare ? null : <Meter used={allotment.total} quota={allotment.quota} overage={allotment.overage} />}
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
