import type { ReactNode } from "react";
import type { ColumnId } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { ShownText } from "@/components/ui/shown-text";
import tableStyles from "@/components/ui/table.module.css";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { SeatRow as Seat } from "./listed-seats";
import { RowMenu } from "./row-menu";
import { SEAT_COLUMNS } from "./seat-columns";
import styles from "./seats.module.css";
import { ROW_LINK } from "./use-list-keys";
import type { Newcomer, SeatWorkStatus } from "./use-seat-work";

type Props = {
  seat: Seat;
  at: number;
  /** How many rows of the whole list come before the first one drawn here. */
  from: number;
  columns: readonly ColumnId[];
  measure?: (row: HTMLTableRowElement | null) => void;
  now: Date;
  href: string;
  isOpen: boolean;
  picked: boolean;
  standing?: SeatWorkStatus;
  /** Why nothing can be changed; null if it can. */
  why: string | null;
  pick(isRange: boolean): void;
  open(): void;
  convert(): void;
  release(): void;
  link(): void;
  same(): void;
  forgive(): void;
};

/** The element id of the link that opens a seat; the panel returns the focus to it. */
export function seatLinkId(instance: string): string {
  return `seat-${instance}`;
}

export function SeatRow({ seat, at, from, measure, now, href, isOpen, picked, standing, ...actions }: Props) {
  const { columns, why, pick, open, convert, release, link, same, forgive } = actions;
  const { subject, aliases, isTwice } = seat;
  return (
    <tr
      ref={measure}
      data-index={at}
      aria-rowindex={from + at + 2}
      aria-current={isOpen ? "true" : undefined}
      data-picked={picked}
      data-pending={standing && "pending" in standing}
    >
      <td className={styles.pick}>
        <label>
          <input
            type="checkbox"
            aria-label={`Select ${shownSubject(subject)}`}
            checked={picked}
            disabled={why !== null}
            onChange={() => {}}
            onClick={(event) => pick(event.shiftKey)}
          />
        </label>
      </td>
      <th scope="row" className={tableStyles.rowName}>
        <div className={styles.name}>
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
            <bdi title={subject}>
              <ShownText of={shownSubject(subject)} />
            </bdi>
          </a>
          {aliases.length > 0 ? (
            <span className={styles.aliases}>
              also <bdi>{aliases.join(", ")}</bdi>
            </span>
          ) : null}
          {isTwice ? <span className={styles.twice}>2 spellings</span> : null}
          <Pending standing={standing} />
        </div>
        <Fault standing={standing} dismiss={forgive} />
      </th>
      {columns.map((id) => (
        <Cell key={id} id={id}>
          {SEAT_COLUMNS[id].cell(seat, now)}
        </Cell>
      ))}
      <td className={styles.more}>
        <RowMenu {...{ seat, why, open, convert, release, link, same }} />
      </td>
    </tr>
  );
}

type NewcomerProps = { newcomer: Newcomer; columns: readonly ColumnId[]; dismiss(): void };

/** A row for a user whose assignment is pending or was refused. */
export function NewcomerRow({ newcomer, columns, dismiss }: NewcomerProps) {
  const { subject, allotment, standing } = newcomer;
  return (
    <tr data-pending={"pending" in standing}>
      <td className={styles.pick} />
      <th scope="row" className={tableStyles.rowName}>
        <div className={styles.name}>
          <bdi>{subject || "(empty)"}</bdi>
          <Pending standing={standing} />
        </div>
        <Fault standing={standing} dismiss={dismiss} />
      </th>
      {columns.map((id) => (
        <Cell key={id} id={id}>
          {id === "allotment" ? allotment : null}
        </Cell>
      ))}
      <td className={styles.more} />
    </tr>
  );
}

function Cell({ id, children }: { id: ColumnId; children: ReactNode }) {
  const { name, priority, closed } = SEAT_COLUMNS[id];
  return (
    <td data-label={name} data-priority={priority} data-closed={closed}>
      {children}
    </td>
  );
}

function Pending({ standing }: { standing?: SeatWorkStatus }) {
  if (!standing || !("pending" in standing)) return null;
  return <span className={styles.pending}>{standing.pending}…</span>;
}

function Fault({ standing, dismiss }: { standing?: SeatWorkStatus; dismiss(): void }) {
  if (!standing || !("fault" in standing)) return null;
  return (
    <span className={styles.fault}>
      <span role="alert">{standing.fault.sentence}</span> <RefusalMarks of={standing.fault} />{" "}
      <button type="button" onClick={dismiss}>
        Dismiss
      </button>
    </span>
  );
}
