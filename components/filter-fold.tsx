import { type ReactNode, useId, useState } from "react";
import styles from "./filter-fold.module.css";

type Parts = {
  /** How many of these filters narrow the list. */
  said: number;
  /** How they are laid out. */
  className?: string;
  children: ReactNode;
};

/** Filters that a phone folds behind a button, which tells how many of them narrow the list; without JavaScript they stay open. */
export function FilterFold({ said, className = styles.lists, children }: Parts) {
  const [isOpen, setOpen] = useState(false);
  const lists = useId();
  return (
    <>
      <span className={styles.fold}>
        <button type="button" aria-expanded={isOpen} aria-controls={lists} onClick={() => setOpen(!isOpen)}>
          {said > 0 ? `Filters, ${said}` : "Filters"}
        </button>
      </span>
      <div id={lists} className={className} data-open={isOpen}>
        {children}
      </div>
    </>
  );
}
