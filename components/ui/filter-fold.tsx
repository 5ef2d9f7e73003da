import { type ReactNode, useId, useState } from "react";
import styles from "./filter-fold.module.css";

type Props = {
  /** How many of these filters narrow the list. */
  said: number;
  /** How they are laid out. */
  className?: string;
  /** Folded at every width, for want of room beside the others; open at first where one of them narrows the list. */
  isRare?: boolean;
  children: ReactNode;
};

/** Filters that a phone folds behind a button, which tells how many of them narrow the list; without JavaScript they stay open. */
export function FilterFold({ said, isRare = false, className, children }: Props) {
  const [isOpen, setOpen] = useState(isRare && said > 0);
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
