import styles from "./pager.module.css";
import { TextLink } from "./text-link";

type Parts = {
  first: string | null;
  previous?: string | null;
  previousName?: string;
  next: string | null;
  nextName: string;
};

/** The way on through a list, back where it knows the page before, and to its beginning; nothing where the list is one page. */
export function Pager({ first, previous, previousName, next, nextName }: Parts) {
  if (!first && !previous && !next) return null;
  return (
    <nav aria-label="Pages" className={styles.pager}>
      {first ? <TextLink href={first}>First page</TextLink> : null}
      {previous ? <TextLink href={previous}>{previousName}</TextLink> : null}
      {next ? <TextLink href={next}>{nextName}</TextLink> : null}
    </nav>
  );
}
