import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";
import { Link } from "@/components/ui/link";
import styles from "./docs-frame.module.css";

type Props = {
  title: string;
  /** The group of an operation's page, which has a link back to the list. */
  group?: string;
  children: ReactNode;
};

/** A page of the documentation: readable without a session, so without the console's frame. */
export function DocsFrame({ title, group, children }: Props) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link className={styles.home} href="/api/docs">
          <Mark size={28} />
          Signet API
        </Link>
        <nav className={styles.links} aria-label="Elsewhere">
          <a href="/api/openapi.json">OpenAPI document</a>
          <Link href="/">Console</Link>
        </nav>
      </header>
      <main className={styles.main}>
        {group ? (
          <p className={styles.group}>
            <Link href={`/api/docs#${idOf(group)}`}>{group}</Link>
          </p>
        ) : null}
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}

/** The id of a group's heading. */
export function idOf(group: string): string {
  return group.toLowerCase().replaceAll(" ", "-");
}
