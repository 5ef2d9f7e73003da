import { allotmentState } from "@/components/text/allotment-labels";
import { needLabel } from "@/components/text/need-labels";
import { Link } from "@/components/ui/link";
import { type BadgeState, StateBadge } from "@/components/ui/state-badge";
import { matterOf, needsOf } from "@/domain/licenses/attention";
import { isServing } from "@/domain/licenses/license-state";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import type { License } from "@/server/licenses/license";
import styles from "./license-head.module.css";

type Props = { license: License; glance: LicenseHealth; now: Date };
type Shown = { state: BadgeState; words: string; link?: { href: string; title: string } };

/** Everything about a license that needs attention, each with a link, then the allotments near their limit. */
export function HeadStates(parts: Props) {
  const shown = [...needed(parts), ...near(parts)];
  if (shown.length === 0) return null;
  return (
    <ul className={styles.states} aria-label="License status">
      {shown.map(({ state, words, link }) => (
        <li key={words}>
          {link ? (
            <Link href={link.href} title={link.title}>
              <StateBadge state={state}>{words}</StateBadge>
            </Link>
          ) : (
            <StateBadge state={state}>{words}</StateBadge>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The end of the validity is left out, because the facts show it. */
function needed({ license, glance, now }: Props): Shown[] {
  const needs = needsOf(glance, now).filter((need) => matterOf(need) !== "expiry");
  return needs.map((need) => {
    const { state, badge, what, href } = needLabel(need, license, now);
    const words = "pool" in need ? `${need.pool.name}: ${badge}` : badge;
    return { state, words, link: { href, title: what } };
  });
}

function near({ glance: { status, standing, pools } }: Props): Shown[] {
  if (!isServing(status, standing)) return [];
  return pools
    .filter((allotment) => allotment.state === "near" && !(allotment.class === "time" && allotment.crossing))
    .map((allotment) => ({
      state: allotment.state,
      words: `${allotment.name}: ${allotmentState(allotment)}`,
    }));
}
