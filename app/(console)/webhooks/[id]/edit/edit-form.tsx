"use client";

import type { FormAction } from "@/app/(console)/_lib/action-result";
import { EditForm } from "@/app/(console)/_lib/edit-form";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { WEBHOOK_FIELDS, WebhookFields, type WebhookValues } from "@/app/(console)/webhooks/webhook-fields";
import { webhookTerms } from "@/app/(console)/webhooks/webhook-terms";
import { useResult } from "@/components/forms/use-result";

type Props = {
  id: string;
  save: FormAction<void>;
  saved: WebhookValues;
  /** The tag of the saved settings. */
  tag: string;
  why: string | null;
  whyNoSubjects: string | null;
};

/** The form for the settings of a webhook; they apply from the next attempt on. */
export function WebhookEditForm({ id, save, saved, tag, why, whyNoSubjects }: Props) {
  const form = useResult(save);
  const [result] = form;
  return (
    <EditForm
      {...{ form, saved, tag, why }}
      fields={WEBHOOK_FIELDS}
      keptAs={`webhook ${id}`}
      submit="Save webhook"
      done={() => "Saved."}
      what="this webhook"
      theirs={
        <Definitions
          of={[["Name", saved.name], ["URL", <code key="url">{saved.url}</code>], ...webhookTerms(saved)]}
        />
      }
    >
      {(values) => <WebhookFields {...{ values, result, whyNoSubjects }} />}
    </EditForm>
  );
}
