import { VisuallyHidden } from "@mantine/core";
import { count, counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { Overview } from "@/server/overview/overview";
import styles from "./ends.module.css";

/** The licenses that end in the next twelve months as one strip; each month links to its licenses. */
export function Ends({ ends }: { ends: Overview["ends"] }) {
  const sum = ends.reduce((all, { licenses }) => all + licenses, 0);
  const most = Math.max(1, ...ends.map(({ licenses }) => licenses));
  return (
    <Section
      title="Ends in the next 12 months"
      id="ends"
      hint={sum === 0 ? "No license ends in the next 12 months." : counted(sum, "license")}
    >
      <figure className={styles.strip}>
        <ol>
          {ends.map((end) => (
            <li key={end.month}>
              <MonthOf {...end} most={most} />
            </li>
          ))}
        </ol>
      </figure>
    </Section>
  );
}

const BAR = 28;
const LEAST = 3;

function MonthOf({ month, licenses, most }: Overview["ends"][number] & { most: number }) {
  const words = monthText(month);
  const height = licenses === 0 ? 0 : Math.max(LEAST, (BAR * licenses) / most);
  const drawn = (
    <>
      <span className={styles.count} aria-hidden>
        {licenses === 0 ? "" : count(licenses)}
      </span>
      <svg className={styles.bar} width="100%" height={BAR} aria-hidden>
        <rect x="0" y={BAR - height} width="100%" height={height} />
      </svg>
      <span className={styles.name} aria-hidden>
        {words.slice(0, 1)}
        <span className={styles.rest}>{words.slice(1, 3)}</span>
      </span>
    </>
  );
  if (licenses === 0)
    return (
      <span className={styles.month}>
        {drawn}
        <VisuallyHidden>{words}: none</VisuallyHidden>
      </span>
    );
  return (
    <Link className={styles.month} href={`/licenses?status=active&ends=${month}&sort=ends`}>
      {drawn}
      <VisuallyHidden>{`${words}: ${counted(licenses, "license")}`}</VisuallyHidden>
    </Link>
  );
}
