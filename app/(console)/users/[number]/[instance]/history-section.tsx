import { eventText, eventWho } from "@/app/(console)/licenses/[number]/assignments/_panel/history-labels";
import { When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { User } from "@/server/users/user";
import { LicenseName } from "./license-name";
import { deploymentNames } from "./user-facts";

type Props = { user: User; now: Date };

const WHAT: Column = { name: "Change" };
const LICENSE: Column = { name: "License", width: "190px" };
const BY: Column = { name: "By", priority: 2 };
const AT: Column = { name: "When", width: "154px" };

/** The changes of the user's seats, also of released ones, whose names were erased. */
export function HistorySection({ user, now }: Props) {
  const { events, licenses } = user;
  const nameOf = deploymentNames(user);
  return (
    <Section
      title="History"
      id="history"
      hint="Newest first. Released seats are kept for 60 days, without their names."
    >
      {events.length === 0 ? (
        <Empty title="No changes are recorded." />
      ) : (
        <Table caption="Changes of seats, newest first" columns={[WHAT, LICENSE, BY, AT]}>
          {events.map((event) => (
            <tr key={`${event.license} ${event.version}`}>
              <RowName>{eventText(event)}</RowName>
              <Cell of={LICENSE}>
                <LicenseName number={event.license} licenses={licenses} />
              </Cell>
              <Cell of={BY}>{eventWho(event, nameOf(event.license, event.source))}</Cell>
              <Cell of={AT}>
                <When at={event.at} now={now} />
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
