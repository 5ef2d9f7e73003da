import { VisuallyHidden } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { Overview } from "@/server/overview/overview";
import styles from "./ends.module.css";

/** Up to this many licenses per month are drawn one by one. */
const DRAWN = 8;

/** The licenses that end in the next twelve months, by month; each month links to its licenses. */
export function Ends({ ends }: { ends: Overview["ends"] }) {
  const sum = ends.reduce((all, { licenses }) => all + licenses, 0);
  return (
    <Section
      title="Ends in the next 12 months"
      id="ends"
      hint={sum === 0 ? "No license ends in the next 12 months." : counted(sum, "license")}
    >
      <ol className={styles.months}>
        {ends.map(({ month, licenses }) => (
          <li key={month}>
            <MonthOf month={month} licenses={licenses} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function MonthOf({ month, licenses }: Overview["ends"][number]) {
  const words = monthText(month);
  const marks = (
    <>
      <span className={styles.name} aria-hidden>
        {words.slice(0, 3)}
      </span>
      <span className={styles.marks} aria-hidden>
        {licenses === 0 ? "–" : null}
        {Array.from({ length: Math.min(licenses, DRAWN) }, (_, i) => i).map((i) => (
          <span key={i} className={styles.mark} />
        ))}
        {licenses > DRAWN ? <span className={styles.more}>{licenses}</span> : null}
      </span>
    </>
  );
  if (licenses === 0)
    return (
      <span className={styles.month}>
        {marks}
        <span className={styles.spoken}>{words}: none</span>
      </span>
    );
  return (
    <Link className={styles.month} href={`/licenses?status=active&ends=${month}&sort=ends`}>
      {marks}
      <VisuallyHidden>{`${words}: ${counted(licenses, "license")}`}</VisuallyHidden>
    </Link>
  );
}
