import { count, percent } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { addMonths } from "@/domain/month";
import type { CapacityMonth } from "@/server/consumption/capacity";
import styles from "./legend.module.css";
import { Swatch } from "./looks";
import { layersOf, type MonthSheet } from "./month-sheet";

type Props = {
  month: CapacityMonth;
  sheet: MonthSheet;
  by: "deployment" | "total";
  without: string[];
  setWithout: (without: string[]) => void;
};

/** The legend of layers and lines; deployments can be hidden. */
export function Legend({ month, sheet, by, without, setWithout }: Props) {
  const all = layersOf(month);
  const toggle = (id: string) =>
    setWithout(without.includes(id) ? without.filter((other) => other !== id) : [...without, id]);
  return (
    <div className={styles.legend}>
      {by === "deployment" ? (
        <ul aria-label="Deployments">
          {all.map(({ id, name, look, total }) => (
            <li key={id}>
              <button type="button" aria-pressed={!without.includes(id)} onClick={() => toggle(id)}>
                <Swatch look={look} />
                <span className={styles.name}>{name}</span>
                <span className={styles.share}>
                  {count(total)}, {percent(total, month.total)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {sheet.isWhole ? (
        <Lines month={month} />
      ) : (
        <p className={styles.note}>
          {sheet.layers.length} of {all.length} shown. The forecast and the previous month cover all
          deployments, so they are hidden.
        </p>
      )}
    </div>
  );
}

function Lines({ month: { month, before, forecast } }: { month: CapacityMonth }) {
  return (
    <ul aria-label="Lines">
      {before.some((used) => used > 0) ? (
        <li className={styles.line}>
          <Dash of="1 4" /> {monthText(addMonths(month, -1))}
        </li>
      ) : null}
      {forecast ? (
        <li className={styles.line} title={forecast.method}>
          <Dash of="6 4" /> Forecast: {methodWords(forecast.method)}
        </li>
      ) : null}
    </ul>
  );
}

/** The first half of the method; the title has all of it. */
function methodWords(method: string): string {
  return method.split(" × ")[0]?.replace("total + ", "") ?? method;
}

function Dash({ of }: { of: string }) {
  return (
    <svg width="22" height="12" aria-hidden>
      <path className={styles.dash} d="M1 6h20" strokeDasharray={of} />
    </svg>
  );
}
