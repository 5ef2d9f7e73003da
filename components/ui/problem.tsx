import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Refused } from "@/components/forms/refused";
import { RefusedMarks } from "@/components/forms/refused-marks";
import styles from "./problem.module.css";

type Parts = { of: Refused; children?: undefined } | { of?: undefined; children: ReactNode };

/** What went wrong, in a sentence that also says what to do; under a refusal stands by what it is found again. */
export function Problem({ of, children }: Parts) {
  return (
    <div className={styles.problem}>
      <IconAlertCircle size={18} stroke={1.75} aria-hidden />
      <div>
        <p role="alert">{of ? of.sentence : children}</p>
        {of ? <RefusedMarks of={of} /> : null}
      </div>
    </div>
  );
}
