import { count } from "@/components/text/numbers";
import styles from "./pager.module.css";
import { PrintButton, PrintWhole } from "./print-whole";
import { TextLink } from "./text-link";

type Props = {
  first: string | null;
  previous: string | null;
  previousName: string;
  next: string | null;
  nextName: string;
  /** The whole list, unless it is on this page. */
  whole?: string | null;
  /** The list page by page, if it is shown whole. */
  pages?: string | null;
  /** How many rows are shown of a whole list that has more. */
  limitedTo?: number | null;
};

/** Links through a list, and to the whole of it for printing; nothing if there is only one page. */
export function Pager({ first, previous, next, whole, pages, limitedTo, ...names }: Props) {
  if (pages) return <Whole pages={pages} limitedTo={limitedTo ?? null} />;
  if (!first && !previous && !next) return null;
  return (
    <nav aria-label="Pages" className={styles.pager}>
      {first ? <TextLink href={first}>First page</TextLink> : null}
      {previous ? <TextLink href={previous}>{names.previousName}</TextLink> : null}
      {next ? <TextLink href={next}>{names.nextName}</TextLink> : null}
      {whole ? <PrintWhole href={whole} /> : null}
    </nav>
  );
}

function Whole({ pages, limitedTo }: { pages: string; limitedTo: number | null }) {
  return (
    <>
      {limitedTo ? <strong>Limited to the first {count(limitedTo)} rows</strong> : null}
      <nav aria-label="Pages" className={styles.pager}>
        <PrintButton />
        <TextLink href={pages}>Show pages</TextLink>
      </nav>
    </>
  );
}
