import { type ReactNode, useEffect, useId, useState } from "react";
import styles from "./filter-fold.module.css";

type Props = {
  /** The number of these filters that are set. */
  said: number;
  /**
   * Folded at every width because there is no room beside the other filters; open at first if one of them is set, other
   * than on phones.
   */
  isRare: boolean;
  children: ReactNode;
};

const PHONE = "(max-width: 767px)";

/** Filters that phones fold behind a button with the number of set filters; without JavaScript they stay open. */
export function FilterFold({ said, isRare, children }: Props) {
  const [chosen, choose] = useState<boolean | null>(null);
  const [known, setKnown] = useState(said);
  // A link can set the first filter; then they show too.
  if (known !== said) {
    setKnown(said);
    if (isRare && known === 0) choose(true);
  }
  const isOpen = chosen ?? (isRare && said > 0);
  const lists = useId();
  useEffect(() => {
    if (matchMedia(PHONE).matches) choose(false);
  }, []);
  return (
    <>
      <span className={styles.fold} data-rare={isRare}>
        <button type="button" aria-expanded={isOpen} aria-controls={lists} onClick={() => choose(!isOpen)}>
          {said > 0 ? `Filters, ${said}` : "Filters"}
        </button>
      </span>
      <div
        id={lists}
        className={isRare ? styles.rare : styles.lists}
        data-open={isOpen}
        data-first={chosen === null}
      >
        {children}
      </div>
    </>
  );
}
