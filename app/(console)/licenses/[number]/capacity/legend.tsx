import { count, percent } from "@/components/text/numbers";
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

/** The legend of the layers; deployments can be hidden. */
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
              <button
                type="button"
                aria-pressed={!without.includes(id)}
                onClick={() => toggle(id)}
                data-printed
              >
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
      {sheet.isWhole ? null : (
        <p className={styles.note}>
          {sheet.layers.length} of {all.length} shown. The forecast and the previous month cover all
          deployments, so they are hidden.
        </p>
      )}
    </div>
  );
}
