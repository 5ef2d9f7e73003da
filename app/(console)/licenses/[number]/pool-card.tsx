import { Card } from "@/components/card";
import { Meter } from "@/components/meter";
import { count, counted, percent } from "@/components/numbers";
import { overageWords, poolState } from "@/components/pool-words";
import { StateBadge } from "@/components/state-badge";
import { monthInWords } from "@/components/when";
import type { LicensePool, SeatPool, TimePool } from "@/domain/license-pools";
import type { Month } from "@/domain/month";
import { Definitions, Figure } from "./figure";

/** What was bought of one pool, and what is used of it. */
export function PoolCard({ pool, month }: { pool: LicensePool; month: Month }) {
  const kind = pool.class === "assigned" ? "seats, now" : `minutes, ${monthInWords(month)}`;
  return (
    <Card title={pool.name} hint={kind} badge={<StateBadge state={pool.state}>{poolState(pool)}</StateBadge>}>
      {pool.class === "assigned" ? <Seats pool={pool} /> : <Minutes pool={pool} />}
    </Card>
  );
}

function Seats({ pool: { live, units } }: { pool: SeatPool }) {
  return (
    <>
      <Figure value={count(live)} rest={`of ${counted(units, "seat")}, ${percent(live, units)}`} />
      <Meter used={live} quota={units} overage={0} />
      <Definitions
        of={[
          ["Units in force", count(units), "in-force"],
          ["Free", count(Math.max(0, units - live))],
          ["In excess", count(Math.max(0, live - units)), "excess"],
        ]}
      />
    </>
  );
}

function Minutes({ pool: { total, quota, overage, remaining, denied } }: { pool: TimePool }) {
  return (
    <>
      <Figure value={count(total)} rest={`of ${counted(quota, "minute")}, ${percent(total, quota)}`} />
      <Meter used={total} quota={quota} overage={overage} />
      <Definitions
        of={[
          ["Overage allowed", overageWords(overage), "overage"],
          ["Remaining", remaining === null ? "no cap" : counted(remaining, "minute")],
          ["Access", denied ? "denied, the cap is reached" : "allowed", "denied"],
        ]}
      />
    </>
  );
}
