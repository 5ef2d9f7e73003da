import { count } from "@/components/text/numbers";
import { Link } from "@/components/ui/link";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import type { AttentionShown } from "./attention-shown";
import styles from "./bell.module.css";

type Props = { attention: AttentionShown | undefined; isError: boolean };

/** The most urgent entries, each with a link to the page where it can be resolved. */
export function BellPanel({ attention, isError }: Props) {
  return (
    <>
      <h2 className={styles.title}>Needs attention</h2>
      {attention ? <Rows {...attention} /> : <p className={styles.none}>{waitingWords(isError)}</p>}
    </>
  );
}

function Rows({ needs, alerts, rows }: AttentionShown) {
  if (needs + alerts === 0) return <p className={styles.none}>Nothing needs your attention.</p>;
  const unlisted = alerts - Math.max(0, rows.length - needs);
  return (
    <>
      <ul className={styles.list}>
        {rows.map(({ id, state, badge, what, href, number, customer }) => (
          <li key={id}>
            <Link className={styles.row} href={href} onClick={close}>
              <span className={styles.head}>
                <StateBadge state={state}>{badge}</StateBadge>
                {number ? <span className={styles.number}>…{number.slice(-4)}</span> : null}
              </span>
              <span className={styles.customer}>{customer}</span>
              <span className={styles.what}>{what}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={styles.foot}>
        {needs > 0 ? (
          <TextLink href="/?all=true#attention">{`All ${count(needs)} on the overview`}</TextLink>
        ) : null}
        <TextLink href="/alerts">{unlisted > 0 ? `Alerts: ${count(unlisted)} more` : "All alerts"}</TextLink>
      </p>
    </>
  );
}

function close(event: React.MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}

function waitingWords(isError: boolean): string {
  return isError ? "This couldn't be loaded. Retrying every 20 seconds." : "Loading…";
}
