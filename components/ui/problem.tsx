import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import styles from "./problem.module.css";

type Props = { of: RefusalNotice; children?: undefined } | { of?: undefined; children: ReactNode };

/** An error in a sentence that also says what to do; a refusal also has its code and request id. */
export function Problem({ of, children }: Props) {
  return (
    <div className={styles.problem}>
      <IconAlertCircle size={18} stroke={1.75} aria-hidden />
      <div>
        <p role="alert">{of ? of.sentence : children}</p>
        {of ? <RefusalMarks of={of} /> : null}
      </div>
    </div>
  );
}
