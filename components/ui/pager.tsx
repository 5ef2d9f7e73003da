import styles from "./pager.module.css";
import { TextLink } from "./text-link";

type Props = {
  first: string | null;
  previous: string | null;
  previousName: string;
  next: string | null;
  nextName: string;
};

/** Links through a list: first, previous and next page; nothing if there is only one page. */
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
