import { allotmentBadge, allotmentState, overageText } from "@/components/text/allotment-labels";
import { count, counted, percent } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Card } from "@/components/ui/card";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import type { LicenseAllotment, SeatAllotment, TimeAllotment } from "@/domain/licenses/license-allotments";
import type { Month } from "@/domain/month";
import type { AllotmentCourse } from "@/server/overview/allotment-courses";
import styles from "./allotment-card.module.css";
import { outlookLabel } from "./allotment-outlook";
import { Definitions, Figure } from "./figure";

type Course<Class> = Extract<AllotmentCourse, { class: Class }> | undefined;
type Props = {
  number: string;
  pool: LicenseAllotment;
  course: AllotmentCourse | undefined;
  month: Month;
  /** Whether the license is active; otherwise its allotments show no usage state. */
  isServing: boolean;
};

/** One allotment: the units bought, the units used, and the next change. */
export function AllotmentCard({ number, pool, course, month, isServing }: Props) {
  const isTime = pool.class === "time";
  const page = isTime ? "capacity" : "assignments";
  const query = new URLSearchParams({ allotment: pool.name });
  return (
    <Card
      title={pool.name}
      hint={isTime ? `minutes, ${monthText(month)}` : "seats, now"}
      badge={isServing ? <StateBadge state={allotmentBadge(pool)}>{allotmentState(pool)}</StateBadge> : null}
    >
      {isTime ? (
        <Minutes pool={pool} course={course?.class === "time" ? course : undefined} />
      ) : (
        <Seats pool={pool} course={course?.class === "assigned" ? course : undefined} />
      )}
      <div className={styles.next}>
        <p>{outlookLabel(pool, course)}</p>
        {course ? <Sparkline points={course.days} limit={isTime ? pool.quota : pool.units} /> : null}
      </div>
      <TextLink href={`/licenses/${number}/${page}?${query}`}>{isTime ? "Capacity" : "Assignments"}</TextLink>
    </Card>
  );
}

function Seats({ pool, course }: { pool: SeatAllotment; course: Course<"assigned"> }) {
  const { live, units, reserved } = pool;
  return (
    <>
      <Figure value={count(live)} rest={`of ${counted(units, "seat")}, ${percent(live, units)}`} />
      <Meter used={live} quota={units} overage={0} />
      <Definitions
        of={[
          ["Bought", counted(units, "seat"), "in-force"],
          ["Now", `${count(live)}, ${count(Math.max(0, units - live - reserved))} free`, "assignment"],
          ...reservedRow(reserved, "share"),
          ["Most in 30 days", count(course?.most ?? live)],
          ["Over", over(live - units), "excess"],
        ]}
      />
    </>
  );
}

function Minutes({ pool, course }: { pool: TimeAllotment; course: Course<"time"> }) {
  const { total, quota, overage, remaining, reserved } = pool;
  const left = remaining === null ? "no cap" : `${count(remaining)} left`;
  const most = course && course.most.total > 0 ? course.most : null;
  return (
    <>
      <Figure value={count(total)} rest={`of ${counted(quota, "minute")}, ${percent(total, quota)}`} />
      <Meter used={total} quota={quota} overage={overage} />
      <Definitions
        of={[
          [
            "Bought",
            overage === 0 ? counted(quota, "minute") : `${count(quota)}, overage ${overageText(overage)}`,
            "quota",
          ],
          ["Now", `${count(total)}, ${left}`, "consumption"],
          ...reservedRow(reserved, "reserved"),
          ["Most in 12 months", most ? `${count(most.total)}, ${monthText(most.month)}` : "0"],
          ["Over", over(total - quota), "overage"],
        ]}
      />
    </>
  );
}

/** The row for units that are reserved; empty without reservations. */
function reservedRow(reserved: number, term: "share" | "reserved"): [string, string, "share" | "reserved"][] {
  return reserved > 0 ? [["Reserved", count(reserved), term]] : [];
}

function over(amount: number): string {
  return amount > 0 ? `${count(amount)} over` : "none";
}
