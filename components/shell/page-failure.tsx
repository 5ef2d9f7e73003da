"use client";

import { CopyResult } from "@/components/ui/copy-result";
import { useCopy } from "@/components/ui/use-copy";
import styles from "./page-failure.module.css";

type Props = {
  error: unknown;
  retry: () => void;
  /** Whether a part of a page failed, under its own heading; otherwise the whole page failed. */
  isPart?: boolean;
};

/** An error page. The server's log has the cause under the reference, with the request id. */
export function PageFailure({ error, retry, isPart = false }: Props) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;
  const Heading = isPart ? "h2" : "h1";
  return (
    <div className={styles.trouble} role="alert">
      <Heading>This {isPart ? "part" : "page"} couldn't be shown</Heading>
      <p>The server had an error. Try again. If it happens again, search the server log for the reference.</p>
      {reference ? (
        <p>
          Reference <code>{reference}</code>
        </p>
      ) : null}
      <div className={styles.ways}>
        <button type="button" className={styles.way} onClick={retry}>
          Try again
        </button>
        {reference ? <CopyReference text={reference} /> : null}
      </div>
    </div>
  );
}

function CopyReference({ text }: { text: string }) {
  const { state, copy } = useCopy(text);
  return (
    <>
      <button type="button" className={styles.way} onClick={copy}>
        {state === "copied" ? "Copied" : "Copy reference"}
      </button>
      <CopyResult of={state} />
    </>
  );
}
