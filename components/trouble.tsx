"use client";

import { Button } from "@mantine/core";
import styles from "./trouble.module.css";

/** A page that could not be made. What went wrong is in the server's log, under the reference. */
export function Trouble({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <div className={styles.trouble} role="alert">
      <h1>This page could not be shown</h1>
      <p>
        The server met an error. Nothing was changed. Try again; if it stays, look into the log of the server.
      </p>
      {reference ? (
        <p>
          Reference <code>{reference}</code>
        </p>
      ) : null}
      <Button onClick={retry}>Try again</Button>
    </div>
  );
}
