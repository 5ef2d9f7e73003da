import styles from "./pager.module.css";
import { TextLink } from "./text-link";

type Parts = { first: string | null; next: string | null; nextName: string };

/** The way on through a list, and back to its beginning; nothing where the list is one page. */
export function Pager({ first, next, nextName }: Parts) {
  if (!first && !next) return null;
  return (
    <nav aria-label="Pages" className={styles.pager}>
      {first ? <TextLink href={first}>First page</TextLink> : null}
      {next ? <TextLink href={next}>{nextName}</TextLink> : null}
    </nav>
  );
}
