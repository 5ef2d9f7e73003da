import type { BurnUpDay } from "@/domain/consumption/burn-up";
import styles from "./layer-names.module.css";
import type { SheetLayer } from "./month-sheet";
import { layerLabels, type Scale } from "./plot";

type Props = { days: BurnUpDay[]; layers: SheetLayer[]; scale: Scale };

/** Labels at the right end of the layers. They are visual only; the legend names all layers. */
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
