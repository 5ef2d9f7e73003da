"use client";

import type { FormAction } from "@/app/(console)/_lib/action-result";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import type { CreatedWebhook } from "@/app/(console)/webhooks/actions";
import { WEBHOOK_FIELDS, WebhookFields, type WebhookValues } from "@/app/(console)/webhooks/webhook-fields";
import { useResult } from "@/components/forms/use-result";
import { ShownPage } from "@/components/ui/shown-secret";
import { EVENT_PREFIX } from "@/domain/events/event-types";
import { CONCURRENCY } from "@/domain/webhooks/webhook";

type Props = {
  make: FormAction<CreatedWebhook>;
  customers: { id: string; name: string }[];
  isForAll: boolean;
  why: string | null;
  whyNoSubjects: string | null;
};

const NEW: WebhookValues = {
  ...{ name: "", url: "", types: [], subjects: false },
  ...{ typePrefix: EVENT_PREFIX, concurrency: CONCURRENCY.usual },
};

/** The form to create a webhook, whose secret is then shown once. */
export function WebhookForm({ make, customers, isForAll, why, whyNoSubjects }: Props) {
  const form = useResult(make);
  const [result] = form;
  if (result?.ok) return <Made of={result.did} />;
  return (
    <ResultForm form={form} fields={WEBHOOK_FIELDS} keptAs="webhook" submit="Create webhook" why={why}>
      <WebhookFields values={NEW} {...{ result, customers, isForAll, whyNoSubjects }} />
    </ResultForm>
  );
}

function Made({ of: { id, name, secret } }: { of: CreatedWebhook }) {
  return (
    <ShownPage
      title={`Webhook ${name} created`}
      shown={{
        text: secret,
        fileName: "signet-webhook-secret.txt",
        lead: (
          <p>
            The receiver verifies the header <code>webhook-signature</code> with this secret. It is not shown
            again: store it in a safe place.
          </p>
        ),
      }}
      done={{ href: `/webhooks/${id}`, name: "Open the webhook" }}
    />
  );
}
