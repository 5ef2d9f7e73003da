import { allotmentUsage } from "@/components/text/allotment-labels";
import { timeLeft } from "@/components/text/license-labels";
import { count, percent } from "@/components/text/numbers";
import { statusLabel } from "@/components/text/status-labels";
import { shortDay } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { Seal } from "@/components/ui/seal";
import { Section } from "@/components/ui/section";
import { Sparkline } from "@/components/ui/sparkline";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { licenseMark } from "@/domain/licenses/license-state";
import type { CardAllotment, Overview } from "@/server/overview/overview";
import styles from "./license-cards.module.css";

type Props = { cards: Overview["cards"]; licenses: number; now: Date };

/** One card per license, worst first. */
export function LicenseCards({ cards, licenses, now }: Props) {
  return (
    <Section title="Licenses, worst first" id="cards">
      <div className={styles.cards}>
        {cards.map((card) => (
          <LicenseCard key={card.row.number} {...card} now={now} />
        ))}
      </div>
      {licenses > cards.length ? (
        <TextLink href="/licenses">{`All ${count(licenses)} licenses`}</TextLink>
      ) : null}
    </Section>
  );
}

function LicenseCard({ row, pools, now }: Overview["cards"][number] & { now: Date }) {
  const { number, status, standing, trial, customer, product } = row;
  const { words, state, more } = statusLabel(row, now);
  return (
    <article className={styles.card}>
      <h3>
        <Link className={styles.head} href={`/licenses/${number}`}>
          <Seal number={number} status={licenseMark(status, standing, trial)} size={28} />
          <span className={styles.names}>
            <span className={styles.customer}>{customer.name}</span>
            <span className={styles.number}>{formatLicenseNumber(number)}</span>
          </span>
        </Link>
      </h3>
      <p className={styles.facts}>
        {state ? <StateBadge state={state}>{words}</StateBadge> : <span>{words}</span>}
        {more > 0 ? <span>+{more}</span> : null}
        <span>{[product, timeLeft(row, now)].filter(Boolean).join(", ")}</span>
      </p>
      <ul className={styles.pools}>
        {pools.map((allotment) => (
          <AllotmentRow key={allotment.pool.name} {...allotment} />
        ))}
      </ul>
    </article>
  );
}

function AllotmentRow({ pool, days }: CardAllotment) {
  const [used, limit] = pool.class === "assigned" ? [pool.live, pool.units] : [pool.total, pool.quota];
  return (
    <li className={styles.pool}>
      <span className={styles.name}>{pool.name}</span>
      <span className={styles.use}>
        {allotmentUsage(pool)}, {percent(used, limit)}
      </span>
      <span className={styles.ahead}>{crossingWords(pool)}</span>
      <Sparkline points={days} limit={pool.class === "assigned" ? pool.units : 0} />
    </li>
  );
}

/** The next crossing at the current pace: `passes quota 25 Aug` or `reaches cap 25 Aug`. */
function crossingWords(allotment: LicenseAllotment): string {
  if (allotment.class === "assigned" || !allotment.crossing) return "";
  const day = shortDay(new Date(allotment.crossing.on));
  if (allotment.crossing.limit === "quota") return `passes quota ${day}`;
  return `reaches ${allotment.overage === 0 ? "quota" : "cap"} ${day}`;
}
