"use client";

import { ResultForm } from "@/app/(console)/_lib/result-form";
import { changeWebhookByForm } from "@/app/(console)/webhooks/actions";
import { WEBHOOK_FIELDS, WebhookFields, type WebhookValues } from "@/app/(console)/webhooks/webhook-fields";
import { useResult } from "@/components/forms/use-result";

type Props = {
  id: string;
  values: WebhookValues;
  /** The tag of the settings that are shown. */
  tag: string;
  why: string | null;
  whyNoSubjects: string | null;
};

/** The form for the settings of a webhook; they apply from the next attempt on. */
export function EditForm({ id, values, tag, why, whyNoSubjects }: Props) {
  const form = useResult(changeWebhookByForm.bind(null, id));
  const [result] = form;
  return (
    <ResultForm
      key={tag}
      form={form}
      fields={WEBHOOK_FIELDS}
      keptAs={`webhook ${id}`}
      submit="Save webhook"
      why={why}
      done={() => "Saved."}
    >
      <input type="hidden" name="tag" value={tag} />
      <WebhookFields {...{ values, result, whyNoSubjects }} />
    </ResultForm>
  );
}
