import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Mark } from "./mark";
import styles from "./standalone-page.module.css";

/** A page without the console's frame: a message, and a link to the start page. */
export function StandalonePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <Mark size={40} />
      <h1>{title}</h1>
      {children}
      <Link href="/">Go to the overview</Link>
    </main>
  );
}
