import { StateBadge } from "@/components/state-badge";
import tableStyles from "@/components/table.module.css";
import { Day, When } from "@/components/when";
import { DeploymentName } from "../deployments/deployment-name";
import type { SeatRow as Seat } from "./listed-seats";
import styles from "./seats.module.css";
import { ROW_LINK } from "./use-list-keys";
import type { Newcomer, Standing } from "./use-seat-work";

type Parts = {
  seat: Seat;
  at: number;
  now: Date;
  href: string;
  picked: boolean;
  standing?: Standing;
  canPick: boolean;
  pick(isRange: boolean): void;
  open(): void;
  forgive(): void;
};

export function SeatRow({ seat, at, now, href, picked, standing, canPick, pick, open, forgive }: Parts) {
  const { subject, allotment, state, created, source, siteName, lastUsed, isTwice } = seat;
  return (
    <tr aria-rowindex={at + 2} data-picked={picked} data-pending={standing && "pending" in standing}>
      <td className={styles.pick} data-label="Select">
        <input
          type="checkbox"
          aria-label={`Select ${subject}`}
          checked={picked}
          disabled={!canPick}
          onChange={() => {}}
          onClick={(event) => pick(event.shiftKey)}
        />
      </td>
      <th scope="row" className={tableStyles.rowName}>
        <a
          href={href}
          className={styles.subject}
          {...{ [ROW_LINK]: at }}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            open();
          }}
        >
          <bdi title={subject}>{subject}</bdi>
        </a>
        {isTwice ? <span className={styles.twice}>2 spellings</span> : null}
        <Said standing={standing} dismiss={forgive} />
      </th>
      <td data-label="Allotment">{allotment}</td>
      <td data-label="State">
        {state === "excess" ? <StateBadge state="excess">Excess</StateBadge> : "Active"}
      </td>
      <td data-label="Deployment" data-priority={3}>
        {source === "admin" ? "Console" : <DeploymentName source={source} name={siteName ?? undefined} />}
      </td>
      <td data-label="Created">
        <When at={new Date(created)} now={now} />
      </td>
      <td data-label="Last used" data-priority={3}>
        {lastUsed ? <Day at={new Date(`${lastUsed}T00:00:00Z`)} /> : "never"}
      </td>
    </tr>
  );
}

/** Someone who is being assigned, or was not. */
export function NewcomerRow({ newcomer, dismiss }: { newcomer: Newcomer; dismiss(): void }) {
  const { subject, allotment, standing } = newcomer;
  return (
    <tr data-pending={"pending" in standing}>
      <td className={styles.pick} />
      <th scope="row" className={tableStyles.rowName}>
        <bdi>{subject || "(empty)"}</bdi>
        <Said standing={standing} dismiss={dismiss} />
      </th>
      <td data-label="Allotment">{allotment}</td>
      <td colSpan={4} />
    </tr>
  );
}

function Said({ standing, dismiss }: { standing?: Standing; dismiss(): void }) {
  if (!standing) return null;
  if ("pending" in standing) return <span className={styles.pending}>{standing.pending}…</span>;
  return (
    <span className={styles.fault} role="alert">
      {standing.fault}{" "}
      <button type="button" onClick={dismiss}>
        Dismiss
      </button>
    </span>
  );
}
