import { dateStyle } from "@/app/(console)/_lib/date-style";
import { allotmentState } from "@/components/text/allotment-labels";
import { needLabel } from "@/components/text/need-labels";
import { count } from "@/components/text/numbers";
import { Link } from "@/components/ui/link";
import { type BadgeState, StateBadge } from "@/components/ui/state-badge";
import type { DateStyle } from "@/domain/dates/date-style";
import { matterOf, needsOf } from "@/domain/licenses/attention";
import { isServing } from "@/domain/licenses/license-state";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import type { License } from "@/server/licenses/license";
import styles from "./license-head.module.css";

type Props = { license: License; glance: LicenseHealth; now: Date };
/** How many states the header of pages below the overview has room for. */
const BESIDE_NAME = 2;

type Shown = { state: BadgeState; words: string; link?: { href: string; title: string } };

/**
 * Everything about a license that needs attention, each with a link, then the allotments near their limit. Where the
 * header has room for two, the overview has the others.
 */
export async function HeadStates(parts: Props) {
  const shown = statesOf(parts, await dateStyle());
  if (shown.length === 0) return null;
  return (
    <ul className={styles.states} aria-label="License status">
      <States of={shown} />
      {shown.length > BESIDE_NAME ? (
        <li className={styles.rest}>
          <Link href={`/licenses/${parts.license.number}`}>+{count(shown.length - BESIDE_NAME)} more</Link>
        </li>
      ) : null}
    </ul>
  );
}

/** The states that the header of the overview has no room for. */
export async function OtherStates(parts: Props) {
  const others = statesOf(parts, await dateStyle()).slice(BESIDE_NAME);
  if (others.length === 0) return null;
  return (
    <ul className={styles.others} aria-label="Other states">
      <States of={others} />
    </ul>
  );
}

function States({ of }: { of: readonly Shown[] }) {
  return of.map(({ state, words, link }) => (
    <li key={words}>
      {link ? (
        <Link href={link.href} title={link.title}>
          <StateBadge state={state}>{words}</StateBadge>
        </Link>
      ) : (
        <StateBadge state={state}>{words}</StateBadge>
      )}
    </li>
  ));
}

function statesOf(parts: Props, dates: DateStyle): Shown[] {
  return [...needed(parts, dates), ...near(parts, dates)];
}

/** The end of the validity is left out, because the facts show it. */
function needed({ license, glance, now }: Props, dates: DateStyle): Shown[] {
  const needs = needsOf(glance, now).filter((need) => matterOf(need) !== "expiry");
  return needs.map((need) => {
    const { state, badge, what, href } = needLabel(need, license, now, dates);
    const words = "pool" in need ? `${need.pool.name}: ${badge}` : badge;
    return { state, words, link: { href, title: what } };
  });
}

function near({ glance: { status, standing, pools } }: Props, dates: DateStyle): Shown[] {
  if (!isServing(status, standing)) return [];
  return pools
    .filter((allotment) => allotment.state === "near" && !(allotment.class === "time" && allotment.crossing))
    .map((allotment) => ({
      state: allotment.state,
      words: `${allotment.name}: ${allotmentState(allotment, dates)}`,
    }));
}
