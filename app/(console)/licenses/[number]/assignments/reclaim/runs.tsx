import { createSerializer, parseAsString } from "nuqs/server";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import { count, counted } from "@/components/text/numbers";
import { Day, When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { ReclaimRun } from "@/server/reclaim/run-rows";
import { listRuns } from "@/server/reclaim/runs";
import styles from "./reclaim.module.css";
import { RunActions } from "./run-actions";

type Props = {
  number: string;
  /** The cursors of the pages before this one. */
  trail: string | null;
  /** The run whose seats are shown. */
  open: string | null;
  why: string | null;
  now: Date;
};

const PAGE = 20;
const withParams = createSerializer({ run: parseAsString, runs: parseAsString });

const ALLOTMENT: Column = { name: "Allotment" };
const STATUS: Column = { name: "Status", width: "136px" };
const SEATS: Column = { name: "Seats", width: "88px", priority: 2 };
const ANNOUNCED: Column = { name: "Announced", width: "160px", priority: 3 };
const RELEASE: Column = { name: "Release", width: "116px" };
const ACTIONS: Column = { name: "Actions", width: "196px" };

/** What the rules announced and released, newest first. */
export async function Runs({ number, trail, open, why, now }: Props) {
  const path = `/licenses/${number}/assignments/reclaim`;
  const { items: runs, cursor } = await pageAt(trail, (after) =>
    listRuns(number, { limit: PAGE, cursor: after }),
  );
  const cursors = cursorsFrom(trail, cursor, (next) => withParams(path, { runs: next, run: open }));
  return (
    <Section
      title="Runs"
      id="runs"
      hint="What the rules announced and released. A release can be undone for 7 days."
    >
      {runs.length === 0 ? (
        <Empty title="No runs yet. Once a rule is on, each run is listed here before it releases anything." />
      ) : (
        <Table
          caption="Runs, newest first"
          columns={[ALLOTMENT, STATUS, SEATS, ANNOUNCED, RELEASE, ACTIONS]}
          foot={<Pager {...cursors} previousName="Newer" nextName="Older" />}
        >
          {runs.map((run) => (
            <tr key={run.id}>
              <RowName>{run.allotment}</RowName>
              <Cell of={STATUS}>
                <Status of={run} />
              </Cell>
              <Cell of={SEATS}>{run.seats === 0 ? "none" : seatsOf(run)}</Cell>
              <Cell of={ANNOUNCED}>
                <When at={run.announced} now={now} />
              </Cell>
              <Cell of={RELEASE}>{run.seats === 0 ? "–" : <Day at={run.ended ?? run.release} />}</Cell>
              <Cell of={ACTIONS}>
                <span className={styles.actions}>
                  {run.seats > 0 ? (
                    <TextLink href={`${withParams(path, { run: run.id, runs: trail })}#run`}>
                      Show seats
                    </TextLink>
                  ) : null}
                  <RunActions number={number} run={run} now={now} why={why} />
                </span>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

function Status({ of: { state, undone } }: { of: ReclaimRun }) {
  if (state === "announced") return <StateBadge state="waiting">Announced</StateBadge>;
  if (state === "released") return undone ? "Undone" : "Released";
  return state === "cancelled" ? "Cancelled" : "No unused seats";
}

function seatsOf({ state, seats, released }: ReclaimRun): string {
  return state === "released" ? `${count(released)} of ${count(seats)}` : counted(seats, "seat");
}
