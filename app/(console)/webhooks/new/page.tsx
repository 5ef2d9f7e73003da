import type { Metadata } from "next";
import { createWebhookByForm } from "@/app/(console)/webhooks/actions";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { WebhookForm } from "./webhook-form";

export const metadata: Metadata = { title: "Create webhook" };

export default async function NewWebhookPage() {
  const who = await allowedTo("webhooks.read");
  return (
    <>
      <PageHead title="Create webhook">
        <TextLink href="/webhooks">All webhooks</TextLink>
      </PageHead>
      <WebhookForm
        make={createWebhookByForm}
        customers={await customerChoices(who)}
        isForAll={who.customers === null}
        why={whyNot(who, "webhooks.write")}
        whyNoSubjects={whyNot(who, "assignments.read")}
      />
    </>
  );
}
