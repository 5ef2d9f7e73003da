import type { ReactNode } from "react";
import { MinutesUse, SeatsUse } from "@/app/(console)/licenses/allotment-usage";
import { EndOf, LicenseLink, StateOf } from "@/app/(console)/licenses/license-cells";
import { count } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { Sparkline } from "@/components/ui/sparkline";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { monthOf } from "@/domain/month";
import type { WorstLicense } from "@/server/overview/overview";
import styles from "./worst-licenses.module.css";

type Props = { worst: WorstLicense[]; licenses: number; now: Date };

/** The worst licenses, one row each. Their lines have one scale, so that they can be compared. */
export function WorstLicenses({ worst, licenses, now }: Props) {
  const columns = columnsOf(now);
  return (
    <Section
      title="Licenses, worst first"
      id="licenses"
      hint="Each line shows 30 days as a share of the limit, which is dashed."
    >
      <Table caption="Licenses, worst first" columns={Object.values(columns)}>
        {worst.map(({ row, course }) => (
          <tr key={row.number}>
            <RowName>
              <LicenseLink row={row} />
            </RowName>
            <Cell of={columns.state}>
              <StateOf row={row} now={now} />
            </Cell>
            <Cell of={columns.seats}>
              <Course points={course.seats}>
                <SeatsUse pools={row.glance.pools} />
              </Course>
            </Cell>
            <Cell of={columns.minutes}>
              <Course points={course.minutes}>
                <MinutesUse pools={row.glance.pools} isBare />
              </Course>
            </Cell>
            <Cell of={columns.ends}>
              <EndOf row={row} now={now} />
            </Cell>
          </tr>
        ))}
      </Table>
      {licenses > worst.length ? (
        <TextLink href="/licenses">{`All ${count(licenses)} licenses`}</TextLink>
      ) : null}
    </Section>
  );
}

function columnsOf(now: Date) {
  const [month] = monthText(monthOf(now)).split(" ");
  return {
    license: { name: "License", width: "212px" },
    state: { name: "State" },
    seats: { name: "Seats", width: "18%" },
    minutes: { name: `Minutes, ${month}`, width: "22%" },
    ends: { name: "Ends", width: "14%", priority: 3 },
  } satisfies Record<string, Column>;
}

/** A quarter more than the limit; what is beyond is drawn at the top. */
const TOP = 1.25;

function Course({ points, children }: { points: readonly number[]; children: ReactNode }) {
  return (
    <span className={styles.course}>
      {children}
      <span className={styles.line}>
        <Sparkline points={points} limit={1} top={TOP} />
      </span>
    </span>
  );
}
