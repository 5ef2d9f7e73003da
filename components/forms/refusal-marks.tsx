import { CopiedText } from "@/components/ui/copied-text";
import styles from "./refusal-marks.module.css";
import type { RefusalNotice } from "./refusal-notice";

const SHOWN = 13;

/**
 * References for a refusal: its code, which the documentation explains, and the request id, which the server's log
 * contains.
 */
export function RefusalMarks({ of: { code, requestId } }: { of: RefusalNotice }) {
  if (!code && !requestId) return null;
  return (
    <span className={styles.marks}>
      {code ? <code>{code}</code> : null}
      {requestId ? (
        <CopiedText
          text={requestId}
          name="request ID"
          shown={requestId.length > SHOWN ? `${requestId.slice(0, SHOWN)}…` : requestId}
        />
      ) : null}
    </span>
  );
}
