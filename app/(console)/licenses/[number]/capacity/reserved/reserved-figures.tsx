import { Figure } from "@/app/(console)/licenses/[number]/capacity/figure";
import styles from "@/app/(console)/licenses/[number]/capacity/month-figures.module.css";
import { count } from "@/components/text/numbers";
import type { CapacityMonth } from "@/server/consumption/capacity";

/** Used, reserved and free minutes of a month; of one that has ended nothing is reserved or free. */
export function ReservedFigures({ month }: { month: CapacityMonth }) {
  const { total, reserved, unleased, free, capSoFar, today } = month;
  return (
    <dl className={styles.figures}>
      <Figure name="Used" term="consumption" unit="minutes">
        {count(total)}
      </Figure>
      {unleased > 0 ? (
        <Figure name="Of these without a reservation" term="unleased" unit="minutes">
          {count(unleased)}
        </Figure>
      ) : null}
      {today === null ? null : (
        <>
          <Figure name="Reserved" term="reserved" unit="minutes">
            {count(reserved)}
          </Figure>
          <Figure name="Free" term="cap" unit={capSoFar === null ? "" : `of ${count(capSoFar)} minutes`}>
            {free === null ? "No cap" : count(free)}
          </Figure>
        </>
      )}
    </dl>
  );
}
