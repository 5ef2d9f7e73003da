import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { WebhookState } from "@/app/(console)/webhooks/webhook-state";
import { webhookTerms } from "@/app/(console)/webhooks/webhook-terms";
import styles from "@/app/(console)/webhooks/webhooks.module.css";
import { count } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import type { Webhook } from "@/server/webhooks/webhook";

type Props = { of: Webhook; waiting: number; most: number; now: Date };

/** The settings and the state of a webhook. */
export function WebhookFacts({ of: webhook, waiting, most, now }: Props) {
  const { url, customer, previousSecretUntil } = webhook;
  return (
    <section className={styles.facts} aria-label="Settings and state">
      <div>
        <WebhookState of={webhook} />
        <StateSentence of={webhook} />
      </div>
      <Definitions
        of={[
          ["URL", <code key="url">{url}</code>],
          ["Licenses of", customer?.name ?? "all customers"],
          ...webhookTerms(webhook),
          ["Waiting", waiting === most ? `${count(most)} or more` : count(waiting)],
          ...(previousSecretUntil
            ? ([["Previous secret", <Until key="until" at={previousSecretUntil} now={now} />]] as const)
            : []),
        ]}
      />
    </section>
  );
}

function Until({ at, now }: { at: Date; now: Date }) {
  return (
    <>
      also signs until <When at={at} now={now} isNamed />
    </>
  );
}

function StateSentence({ of: { state, disabledReason, failingSince } }: { of: Webhook }) {
  const sentence = sentenceOf(state, disabledReason, failingSince !== null);
  return sentence ? <p className={styles.hint}>{sentence}</p> : null;
}

function sentenceOf(
  state: Webhook["state"],
  reason: Webhook["disabledReason"],
  isFailing: boolean,
): string | null {
  if (state === "paused") return "Events are kept and sent when you resume it.";
  if (state === "disabled" && reason === "gone")
    return "The receiver answered that it is gone (410). Nothing is sent, and new events are not kept, until you enable it.";
  if (state === "disabled")
    return "Nothing was delivered for three days. Nothing is sent, and new events are not kept, until you enable it.";
  return isFailing ? "No attempt has succeeded since then. After three days the webhook is disabled." : null;
}
