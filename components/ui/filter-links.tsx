import { LinkPending } from "@/components/shell/link-pending";
import { count } from "@/components/text/numbers";
import styles from "./filter-links.module.css";
import { Link } from "./link";

export type FilterLink = { name: string; href: string; count?: number; isCurrent: boolean };

/** The main filters of a list as links, each with its number of entries. */
export function FilterLinks({ label, links }: { label: string; links: readonly FilterLink[] }) {
  return (
    <nav aria-label={label} className={styles.links}>
      {links.map(({ name, href, count: found, isCurrent }) => (
        <Link key={href} href={href} aria-current={isCurrent ? "true" : undefined}>
          {name}
          {found === undefined ? null : <span className={styles.count}>{count(found)}</span>}
          <LinkPending />
        </Link>
      ))}
    </nav>
  );
}
