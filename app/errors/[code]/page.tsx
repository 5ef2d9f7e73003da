import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StandalonePage } from "@/components/shell/standalone-page";
import { statusOf } from "@/contract/problem";
import { ALL_REFUSALS, problemCodeOf } from "@/domain/refusals/all-refusals";
import type { ProblemCode } from "@/domain/refusals/refusal-text";
import styles from "./page.module.css";

type Params = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: ALL_REFUSALS[await codeIn(params)].title };
}

/** The page that explains an error code; the `type` of an error body links to it. */
export default async function ErrorCodePage({ params }: Params) {
  const code = await codeIn(params);
  const { title, happened, remedy } = ALL_REFUSALS[code];
  return (
    <StandalonePage title={title}>
      <p className={styles.code}>
        HTTP {statusOf(code)} <code>{code}</code>
      </p>
      <section className={styles.part}>
        <h2>Explanation</h2>
        <p>{marked(happened)}</p>
      </section>
      <section className={styles.part}>
        <h2>Next step</h2>
        <p>{marked(remedy)}</p>
      </section>
    </StandalonePage>
  );
}

/** Renders a sentence with code between backticks. */
function marked(sentence: string) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
  return sentence.split("`").map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>));
}

async function codeIn(params: Params["params"]): Promise<ProblemCode> {
  return problemCodeOf((await params).code) ?? notFound();
}
