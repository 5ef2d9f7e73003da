import { Button } from "@mantine/core";
import { MOST_ROWS } from "@/app/(console)/_list/page-cursors";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { count } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import cell from "@/components/ui/cell-lines.module.css";
import { PrintButton } from "@/components/ui/print-whole";
import { ShownText } from "@/components/ui/shown-text";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { shownSubject } from "@/domain/offline/hashed-subject";
import { lastUseText, licensesText } from "./user-labels";
import type { UserRow } from "./user-rows";
import styles from "./users.module.css";

type Props = {
  rows: UserRow[];
  why: string | null;
  /** How much is shown, and of what. */
  found: string;
  next: (() => void) | null;
  previous: (() => void) | null;
  /** Whether all users are shown, for printing. */
  isWhole: boolean;
  showWhole(): void;
  release(subject: string): void;
};

const NAME: Column = { name: "User", width: "28%" };
const SEATS: Column = { name: "Seats", width: "72px", end: true };
const ALLOTMENTS: Column = { name: "Allotments", priority: 3 };
const LICENSES: Column = { name: "Licenses" };
const USED: Column = { name: "Last used", width: "112px", priority: 2 };
const DO: Column = { name: "Action", width: "116px" };

/** Users by name, each with a way to release all seats at once. */
export function UserTable({ rows, why, found, release, ...pages }: Props) {
  return (
    <Table
      caption="Users, by name"
      columns={[NAME, SEATS, ALLOTMENTS, LICENSES, USED, DO]}
      foot={
        <>
          <span role="status">{found}</span>
          {pages.isWhole ? <WholeList {...pages} /> : <PageButtons {...pages} />}
        </>
      }
    >
      {rows.map((row) => (
        <UserRowShown key={row.href} row={row} why={why} release={() => release(row.subject)} />
      ))}
    </Table>
  );
}

type PagesProps = Pick<Props, "next" | "previous" | "isWhole" | "showWhole">;

function PageButtons({ next, previous, showWhole }: PagesProps) {
  if (!next && !previous) return null;
  return (
    <nav aria-label="Pages" className={styles.pages}>
      {previous ? <PageButton onClick={previous}>Previous users</PageButton> : null}
      {next ? <PageButton onClick={next}>Next users</PageButton> : null}
      <PageButton onClick={showWhole}>Print all</PageButton>
    </nav>
  );
}

function WholeList({ next, previous }: PagesProps) {
  return (
    <>
      {next ? <strong>Limited to the first {count(MOST_ROWS)} rows</strong> : null}
      <nav aria-label="Pages" className={styles.pages}>
        <PrintButton atOnce />
        {previous ? <PageButton onClick={previous}>Show pages</PageButton> : null}
      </nav>
    </>
  );
}

function PageButton({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <Button variant="default" size="compact-sm" onClick={onClick}>
      {children}
    </Button>
  );
}

type RowProps = { row: UserRow; why: string | null; release(): void };

function UserRowShown({ row, why, release }: RowProps) {
  const { subject, href, seats, allotments, licenses, lastUsed } = row;
  const name = shownSubject(subject);
  const where = licensesText(licenses);
  return (
    <tr>
      <RowName>
        <span className={styles.name}>
          <TextLink href={href}>
            <bdi title={subject}>
              <ShownText of={name} />
            </bdi>
          </TextLink>
        </span>
      </RowName>
      <Cell of={SEATS}>{seats}</Cell>
      <Cell of={ALLOTMENTS}>
        <span title={allotments.join(", ")}>{allotments.join(", ")}</span>
      </Cell>
      <Cell of={LICENSES}>
        <span className={cell.cut}>
          <span title={where.first}>{where.first}</span>
          <span className={cell.second} title={where.second}>
            {where.second}
          </span>
        </span>
      </Cell>
      <Cell of={USED}>{lastUseText(lastUsed, useDateStyle())}</Cell>
      <Cell of={DO}>
        <ActionButton
          variant="default"
          size="compact-sm"
          why={why}
          aria-label={`Release ${name} everywhere…`}
          onClick={release}
        >
          Release…
        </ActionButton>
      </Cell>
    </tr>
  );
}
