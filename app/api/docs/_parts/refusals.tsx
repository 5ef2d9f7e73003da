import type { Operation } from "@/api/documentation";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { ALL_REFUSALS } from "@/domain/refusals/all-refusals";
import { problemType } from "@/domain/refusals/problem-type";
import type { ProblemCode } from "@/domain/refusals/refusal-text";
import styles from "./refusals.module.css";

/** Every code that an operation can refuse with; each links to the page that explains it. */
export function Refusals({ operation }: { operation: Operation }) {
  const refusals = Object.entries(operation.responses).flatMap(([status, { "x-codes": codes = [] }]) =>
    codes.map((code) => ({ status, code })),
  );
  if (refusals.length === 0) return null;
  return (
    <Section id="refusals" title="Refusals">
      <ul className={styles.refusals}>
        {refusals.map(({ status, code }) => (
          <li key={`${status} ${code}`}>
            <span className={styles.status}>{status}</span>
            <Link href={problemType(code)}>{code}</Link>
            <span>{ALL_REFUSALS[code as ProblemCode].title}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
