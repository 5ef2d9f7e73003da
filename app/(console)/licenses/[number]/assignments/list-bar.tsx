import { Button } from "@mantine/core";
import type { ComponentProps } from "react";
import { ActionButton } from "@/components/action-button";
import { SeatFilters } from "./seat-filters";
import styles from "./seats.module.css";

type Parts = ComponentProps<typeof SeatFilters> & {
  exportHref: string;
  /** The same page with the form, for those without JavaScript. */
  assignHref: string;
  why: string | null;
  assign(): void;
};

/** What narrows the list, takes it along as a file, and adds to it. */
export function ListBar({ exportHref, assignHref, why, assign, ...filters }: Parts) {
  return (
    <div className={styles.bar}>
      <SeatFilters {...filters} />
      <a className={styles.action} href={exportHref} download>
        Export CSV
      </a>
      {why ? (
        <ActionButton why={why}>Assign</ActionButton>
      ) : (
        <Button
          component="a"
          href={assignHref}
          onClick={(event) => {
            event.preventDefault();
            assign();
          }}
        >
          Assign
        </Button>
      )}
    </div>
  );
}
