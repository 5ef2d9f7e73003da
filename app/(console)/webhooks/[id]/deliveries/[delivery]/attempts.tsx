import { resultLabel } from "@/app/(console)/webhooks/webhook-labels";
import styles from "@/app/(console)/webhooks/webhooks.module.css";
import { count } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { attemptSentence } from "@/domain/webhooks/delivery-sentences";
import type { LoggedAttempt } from "@/server/webhooks/deliveries";

/** The attempts of a delivery, each with its response. */
export function Attempts({ of: attempts, now }: { of: LoggedAttempt[]; now: Date }) {
  if (attempts.length === 0) return <p className={styles.hint}>No attempt yet.</p>;
  return (
    <ol className={styles.attempts}>
      {attempts.map((attempt) => (
        <li key={attempt.at.toISOString()} className={styles.attempt}>
          <h3>
            {resultLabel(attempt.result)}, <When at={attempt.at} now={now} />
          </h3>
          <p>
            {attemptSentence(attempt.result)} It took {count(attempt.milliseconds)} ms.
          </p>
          <Response of={attempt.response} />
        </li>
      ))}
    </ol>
  );
}

function Response({ of: response }: { of: LoggedAttempt["response"] }) {
  if (!response) return null;
  const { contentType, body, isCut } = response;
  if (body === "") return <p className={styles.hint}>The response has no body.</p>;
  return (
    <div>
      <p className={styles.hint}>
        Response{contentType ? ` (${contentType})` : ""}
        {isCut ? ", cut off" : ""}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboard users must be able to scroll it */}
      <section tabIndex={0} aria-label="Response as text" className={styles.code}>
        <pre>{body}</pre>
      </section>
    </div>
  );
}
