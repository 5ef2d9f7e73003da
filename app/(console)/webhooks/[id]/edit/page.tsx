import type { Metadata } from "next";
import { type WebhookParams, webhookOfPage } from "@/app/(console)/webhooks/[id]/webhook-of-page";
import { changeWebhookByForm } from "@/app/(console)/webhooks/actions";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { webhookTag } from "@/server/webhooks/webhook";
import { WebhookEditForm } from "./edit-form";

export const metadata: Metadata = { title: "Edit webhook" };

export default async function EditWebhookPage(props: WebhookParams) {
  const { who, webhook } = await webhookOfPage(props);
  const { id, name, url, types, typePrefix, subjects, concurrency } = webhook;
  return (
    <>
      <PageHead title="Edit webhook">
        <TextLink href={`/webhooks/${id}`}>Back to the webhook</TextLink>
      </PageHead>
      <WebhookEditForm
        id={id}
        save={changeWebhookByForm.bind(null, id)}
        saved={{ name, url, types, typePrefix, subjects, concurrency }}
        tag={webhookTag(webhook)}
        why={whyNot(who, "webhooks.write")}
        whyNoSubjects={whyNot(who, "assignments.read")}
      />
    </>
  );
}
