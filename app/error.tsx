"use client";

import { Trouble } from "@/components/shell/page-failure";
import styles from "./error.module.css";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className={styles.page}>
      <Trouble error={error} retry={retry} />
    </main>
  );
}
