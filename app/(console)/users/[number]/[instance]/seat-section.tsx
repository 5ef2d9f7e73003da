import { dateStyle } from "@/app/(console)/_lib/date-style";
import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { User } from "@/server/users/user";
import { LicenseName } from "./license-name";
import { SeatActions } from "./seat-actions";
import styles from "./user.module.css";
import { deploymentNames, lastUsedText } from "./user-facts";

type Props = { user: User; why: string | null; now: Date };

const LICENSE: Column = { name: "License", width: "190px" };
const ALLOTMENT: Column = { name: "Allotment" };
const SITE: Column = { name: "Deployment", priority: 3 };
const ADDED: Column = { name: "Created", width: "148px", priority: 3 };
const USED: Column = { name: "Last used", width: "116px" };
const DO: Column = { name: "Actions", width: "184px" };

/** The seats that the user holds, each with what can be done about it. */
export async function SeatSection({ user, why, now }: Props) {
  const dates = await dateStyle();
  const { seats, licenses } = user;
  const nameOf = deploymentNames(user);
  return (
    <Section title="Seats" id="seats">
      {seats.length === 0 ? (
        <Empty title="This user holds no seat." />
      ) : (
        <Table caption="Seats, by license" columns={[LICENSE, ALLOTMENT, SITE, ADDED, USED, DO]}>
          {seats.map((seat) => (
            <tr key={`${seat.license} ${seat.instance}`}>
              <RowName>
                <LicenseName number={seat.license} licenses={licenses} />
              </RowName>
              <Cell of={ALLOTMENT}>
                <span className={styles.allotment}>
                  {seat.allotment}
                  {seat.state === "excess" ? <StateBadge state="excess">Excess</StateBadge> : null}
                </span>
              </Cell>
              <Cell of={SITE}>
                {seat.source === "admin" ? (
                  "Console"
                ) : (
                  <DeploymentName source={seat.source} name={nameOf(seat.license, seat.source)} />
                )}
              </Cell>
              <Cell of={ADDED}>
                <When at={seat.created} now={now} />
              </Cell>
              <Cell of={USED}>{lastUsedText(seat, dates)}</Cell>
              <Cell of={DO}>
                <SeatActions
                  seat={{ license: seat.license, instance: seat.instance, allotment: seat.allotment }}
                  into={intoOf(user, seat)}
                  why={why}
                />
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

/** The allotments of seats that the user could be moved to. */
function intoOf({ seatAllotments, seats }: User, { license, allotment }: User["seats"][number]): string[] {
  const held = seats.filter((seat) => seat.license === license).map((seat) => seat.allotment);
  return (seatAllotments.get(license) ?? []).filter((name) => name !== allotment && !held.includes(name));
}
