import { count } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { capOf } from "@/domain/consumption/quota";
import { addMonths } from "@/domain/month";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { CAP_DASH, FORECAST_DASH, GHOST_DASH } from "./chart-look";
import styles from "./line-names.module.css";
import { RESERVED_FILL } from "./looks";
import type { MonthSheet } from "./month-sheet";

type Props = { month: CapacityMonth; sheet: MonthSheet };

/** The names of the lines below the chart. The limits are named in the chart too, where there is room. */
export function LineNames({ month: of, sheet: { isWhole } }: Props) {
  const { month, before, forecast, quota, overage, reserved, today } = of;
  const cap = capOf({ quota, overage });
  return (
    <ul aria-label="Lines" className={styles.names}>
      <li data-limit>
        <Dash /> Quota {count(quota)}
        {overage === 0 ? ": access denied" : ""}
      </li>
      {cap === null || cap === quota ? null : (
        <li data-limit>
          <Dash of={CAP_DASH} isCap /> Cap {count(cap)}: access denied
        </li>
      )}
      {isWhole && before.some((used) => used > 0) ? (
        <li>
          <Dash of={GHOST_DASH} /> {monthText(addMonths(month, -1))}
        </li>
      ) : null}
      {isWhole && today !== null && reserved > 0 ? (
        <li>
          <svg width="22" height="12" aria-hidden>
            <rect width="22" height="12" fill={RESERVED_FILL} />
          </svg>
          Reserved {count(reserved)}
        </li>
      ) : null}
      {isWhole && forecast ? (
        <li title={forecast.method}>
          <Dash of={FORECAST_DASH} /> Forecast: {methodWords(forecast.method)}
        </li>
      ) : null}
    </ul>
  );
}

/** The first half of the method; the title has all of it. */
function methodWords(method: string): string {
  return method.split(" × ")[0]?.replace("total + ", "") ?? method;
}

function Dash({ of, isCap = false }: { of?: string; isCap?: boolean }) {
  return (
    <svg width="22" height="12" aria-hidden>
      <path className={styles.dash} data-cap={isCap} d="M1 6h20" strokeDasharray={of} />
    </svg>
  );
}
