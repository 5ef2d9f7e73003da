import type { ReactNode } from "react";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { RaiseLink } from "@/app/(console)/licenses/[number]/definition/_dialogs/raise-link";
import { allotmentBadge, allotmentState, allotmentUsage } from "@/components/text/allotment-labels";
import { count, percent } from "@/components/text/numbers";
import { Empty } from "@/components/ui/empty";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DateStyle } from "@/domain/dates/date-style";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import type { AllotmentCourse } from "@/server/overview/allotment-courses";
import { capLabel, leftLabel, outlookLabel, outlookSentence, peakLabel } from "./allotment-outlook";
import styles from "./allotment-table.module.css";

type Props = {
  number: string;
  pools: readonly LicenseAllotment[];
  courses: ReadonlyMap<string, AllotmentCourse>;
  /** Whether the license is active; otherwise its allotments show no usage state. */
  isServing: boolean;
  /** Why the person can't raise units; null if they can. */
  whyNotRaise: string | null;
  foot: ReactNode;
};

const NAME: Column = { name: "Allotment" };
const USED: Column = { name: "Used", width: "216px" };
const CAP: Column = { name: "Cap", width: "84px", end: true, priority: 3 };
const FORECAST: Column = { name: "Forecast", width: "140px" };
const LEFT: Column = { name: "Left", width: "92px", end: true };
const PEAK: Column = { name: "Trend and peak", width: "220px", priority: 3 };
const RAISE: Column = { name: "Change", width: "120px", priority: 3 };

/** One line for each allotment: used of what was bought, the cap, the forecast and what is left. */
export async function AllotmentTable({ number, pools, courses, isServing, whyNotRaise, foot }: Props) {
  if (pools.length === 0) return <Empty title="This license has no allotments yet." />;
  const dates = await dateStyle();
  return (
    <Table
      caption="Allotments: used, cap, forecast and left"
      columns={[NAME, USED, CAP, FORECAST, LEFT, PEAK, RAISE]}
      foot={foot}
    >
      {pools.map((pool) => (
        <AllotmentRow
          key={pool.name}
          {...{ number, pool, isServing, whyNotRaise, dates }}
          course={courses.get(pool.name)}
        />
      ))}
    </Table>
  );
}

type RowProps = Pick<Props, "number" | "isServing" | "whyNotRaise"> & {
  pool: LicenseAllotment;
  course: AllotmentCourse | undefined;
  dates: DateStyle;
};

function AllotmentRow({ number, pool, course, isServing, whyNotRaise, dates }: RowProps) {
  const page = pool.class === "time" ? "capacity" : "assignments";
  const used = { used: pool.class === "time" ? pool.total : pool.live, ...limitsOf(pool) };
  return (
    <tr>
      <RowName>
        <span className={styles.name}>
          <TextLink href={`/licenses/${number}/${page}?${new URLSearchParams({ allotment: pool.name })}`}>
            {pool.name}
          </TextLink>
          {isServing ? (
            <StateBadge state={allotmentBadge(pool)}>{allotmentState(pool, dates)}</StateBadge>
          ) : null}
        </span>
      </RowName>
      <Cell of={USED}>
        <span className={styles.used}>
          <span>
            {allotmentUsage(pool)}, {percent(used.used, used.quota)}
          </span>
          <Meter {...used} />
        </span>
      </Cell>
      <Cell of={CAP}>{capLabel(pool)}</Cell>
      <Cell of={FORECAST}>
        <span title={outlookSentence(pool, course, dates)}>{outlookLabel(pool, course, dates)}</span>
      </Cell>
      <Cell of={LEFT}>{leftLabel(pool)}</Cell>
      <Cell of={PEAK}>
        <span className={styles.peak}>
          {course ? <Sparkline points={course.days} limit={used.quota} /> : null}
          {peakLabel(pool, course)}
        </span>
      </Cell>
      <Cell of={RAISE}>
        <RaiseLink
          number={number}
          allotment={pool.name}
          why={pool.class === "assigned" && pool.isDropped ? DROPPED : whyNotRaise}
          label={`Raise units of ${pool.name}, ${count(used.quota)} now`}
          size="compact-sm"
        />
      </Cell>
    </tr>
  );
}

const DROPPED = "The definition in force no longer has this allotment.";

function limitsOf(pool: LicenseAllotment) {
  return pool.class === "time"
    ? { quota: pool.quota, overage: pool.overage }
    : { quota: pool.units, overage: 0 as const };
}
