import { type ReactNode, useId, useState } from "react";
import styles from "./filter-fold.module.css";

type Props = {
  /** The number of these filters that are set. */
  said: number;
  /** The class of their layout. */
  className?: string;
  /** Folded at every width because there is no room beside the other filters; open at first if one of them is set. */
  isRare?: boolean;
  children: ReactNode;
};

/** Filters that phones fold behind a button with the number of set filters; without JavaScript they stay open. */
export function FilterFold({ said, isRare = false, className, children }: Props) {
  const [isOpen, setOpen] = useState(isRare && said > 0);
  const [known, setKnown] = useState(said);
  // A link can set the first filter; then they show too.
  if (known !== said) {
    setKnown(said);
    if (isRare && known === 0) setOpen(true);
  }
  const lists = useId();
  return (
    <>
      <span className={styles.fold} data-rare={isRare}>
        <button type="button" aria-expanded={isOpen} aria-controls={lists} onClick={() => setOpen(!isOpen)}>
          {said > 0 ? `Filters, ${said}` : "Filters"}
        </button>
      </span>
      <div id={lists} className={className ?? (isRare ? styles.rare : styles.lists)} data-open={isOpen}>
        {children}
      </div>
    </>
  );
}
