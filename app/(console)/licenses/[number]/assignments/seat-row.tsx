import { RefusedMarks } from "@/components/refused-marks";
import tableStyles from "@/components/table.module.css";
import type { SeatRow as Seat } from "./listed-seats";
import type { ColumnId } from "./search-params";
import { SEAT_COLUMNS } from "./seat-columns";
import styles from "./seats.module.css";
import { ROW_LINK } from "./use-list-keys";
import type { Newcomer, Standing } from "./use-seat-work";

type Parts = {
  seat: Seat;
  at: number;
  /** How many rows of the whole list stand before the first one that is here. */
  from: number;
  columns: readonly ColumnId[];
  measure?: (row: HTMLTableRowElement | null) => void;
  now: Date;
  href: string;
  picked: boolean;
  standing?: Standing;
  canPick: boolean;
  pick(isRange: boolean): void;
  open(): void;
  forgive(): void;
};

/** By what the panel of a seat finds the link that opened it. */
export function seatLinkId(instance: string): string {
  return `seat-${instance}`;
}

export function SeatRow({ seat, at, from, measure, now, href, picked, standing, ...deeds }: Parts) {
  const { columns, canPick, pick, open, forgive } = deeds;
  const { subject, isTwice } = seat;
  return (
    <tr
      ref={measure}
      data-index={at}
      aria-rowindex={from + at + 2}
      data-picked={picked}
      data-pending={standing && "pending" in standing}
    >
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
          id={seatLinkId(seat.instance)}
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
      {columns.map((id) => (
        <td key={id} data-label={SEAT_COLUMNS[id].name} data-priority={SEAT_COLUMNS[id].priority}>
          {SEAT_COLUMNS[id].cell(seat, now)}
        </td>
      ))}
    </tr>
  );
}

type NewcomerParts = { newcomer: Newcomer; columns: number; dismiss(): void };

/** Someone who is being assigned, or was not. */
export function NewcomerRow({ newcomer, columns, dismiss }: NewcomerParts) {
  const { subject, allotment, standing } = newcomer;
  return (
    <tr data-pending={"pending" in standing}>
      <td className={styles.pick} />
      <th scope="row" className={tableStyles.rowName}>
        <bdi>{subject || "(empty)"}</bdi>
        <Said standing={standing} dismiss={dismiss} />
      </th>
      <td data-label="Allotment" colSpan={Math.max(1, columns)}>
        {allotment}
      </td>
    </tr>
  );
}

function Said({ standing, dismiss }: { standing?: Standing; dismiss(): void }) {
  if (!standing) return null;
  if ("pending" in standing) return <span className={styles.pending}>{standing.pending}…</span>;
  return (
    <span className={styles.fault}>
      <span role="alert">{standing.fault.sentence}</span> <RefusedMarks of={standing.fault} />{" "}
      <button type="button" onClick={dismiss}>
        Dismiss
      </button>
    </span>
  );
}
