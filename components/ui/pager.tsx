import styles from "./pager.module.css";
import { TextLink } from "./text-link";

type Props = {
  first: string | null;
  previous: string | null;
  previousName: string;
  next: string | null;
  nextName: string;
};

/** The ways through a list: to its beginning, a page back and a page on; nothing where the list is one page. */
export function Pager({ first, previous, previousName, next, nextName }: Props) {
  if (!first && !previous && !next) return null;
  return (
    <nav aria-label="Pages" className={styles.pager}>
      {first ? <TextLink href={first}>First page</TextLink> : null}
      {previous ? <TextLink href={previous}>{previousName}</TextLink> : null}
      {next ? <TextLink href={next}>{nextName}</TextLink> : null}
    </nav>
  );
}
