import type { BurnUpDay } from "@/domain/consumption/burn-up";
import styles from "./layer-names.module.css";
import type { SheetLayer } from "./month-sheet";
import { layerLabels, type Scale } from "./plot";

type Props = { days: BurnUpDay[]; layers: SheetLayer[]; scale: Scale };

/** The layers named where they end, for who looks; the legend names all of them for everybody. */
export function LayerNames({ days, layers, scale }: Props) {
  return (
    <div className={styles.names} aria-hidden>
      {layerLabels(days, layers, scale).map(({ id, name, middle }) => (
        <span key={id} style={{ top: middle }}>
          {name}
        </span>
      ))}
    </div>
  );
}
