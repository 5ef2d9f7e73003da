import { createSerializer, parseAsString } from "nuqs/server";
import { z } from "zod";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { counted } from "@/components/text/numbers";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { dayText } from "@/domain/dates/date-style";
import { shownSubject } from "@/domain/offline/hashed-subject";
import { seen } from "@/server/identity/session";
import { runWithSeats } from "@/server/reclaim/runs";
import { reasonLabel, resultLabel } from "./reclaim-labels";

type Props = { number: string; id: string; trail: string | null };

const withTrail = createSerializer({ runs: parseAsString });
const USER: Column = { name: "User" };
const REASON: Column = { name: "Why", width: "264px", priority: 2 };
const RESULT: Column = { name: "Result", width: "280px" };

/** The seats of one run. */
export async function RunSeats({ number, id, trail }: Props) {
  const run = z.uuid().safeParse(id).data;
  const { allotment, announced, items } = await seen(() => runWithSeats(number, run ?? NO_RUN));
  const dates = await dateStyle();
  const path = withTrail(`/licenses/${number}/assignments/reclaim`, { runs: trail });
  return (
    <Section
      title={`${allotment}, announced ${dayText(announced, dates)}`}
      id="run"
      hint={<TextLink href={path}>Close</TextLink>}
    >
      <Table
        caption="Seats of the run, those unused longest first"
        columns={[USER, REASON, RESULT]}
        foot={<span>{counted(items.length, "seat")}</span>}
      >
        {items.map((seat) => (
          <tr key={seat.instance}>
            <RowName>
              {seat.subject === null ? (
                "Name deleted"
              ) : (
                <bdi title={seat.subject}>{shownSubject(seat.subject)}</bdi>
              )}
            </RowName>
            <Cell of={REASON}>{reasonLabel(seat, dates)}</Cell>
            <Cell of={RESULT}>{resultLabel(seat)}</Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

/** An id that no run has, for a text in the URL that is no id. */
const NO_RUN = "00000000-0000-0000-0000-000000000000";
