"use client";

import { PageFailure } from "@/components/shell/page-failure";
import styles from "./error.module.css";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className={styles.page}>
      <PageFailure error={error} retry={retry} />
    </main>
  );
}
