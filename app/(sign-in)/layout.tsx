import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";
import styles from "./sign-in.module.css";

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <p className={styles.brand}>
          <Mark size={40} />
          Signet
        </p>
        {children}
      </div>
    </main>
  );
}
