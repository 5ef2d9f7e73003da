import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { DeliveryStateBadge, NextAttempt } from "@/app/(console)/webhooks/[id]/delivery-state";
import { webhookOfPage } from "@/app/(console)/webhooks/[id]/webhook-of-page";
import { eventLabel } from "@/app/(console)/webhooks/webhook-labels";
import styles from "@/app/(console)/webhooks/webhooks.module.css";
import { PageHead } from "@/components/shell/page-head";
import { When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { seen } from "@/server/identity/session";
import { type DeliveryLog, deliveryById } from "@/server/webhooks/deliveries";
import { Attempts } from "./attempts";
import { ResendButton } from "./resend-button";

export const metadata: Metadata = { title: "Delivery" };

type Props = { params: Promise<{ id: string; delivery: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { who, webhook, now } = await webhookOfPage({ params });
  const id = z.uuid().safeParse((await params).delivery);
  if (!id.success) notFound();
  const delivery = await seen(() => deliveryById(who, id.data));
  if (delivery.webhook !== webhook.id) notFound();
  const { type, event, created, due, until, request, attempts } = delivery;
  return (
    <>
      <PageHead title={eventLabel(type)}>
        <TextLink href={`/webhooks/${webhook.id}`}>{`Back to ${webhook.name}`}</TextLink>
      </PageHead>
      <div className={styles.page}>
        <section className={styles.facts} aria-label="Delivery">
          <DeliveryStateBadge of={delivery} />
          <Definitions
            of={[
              ["Event ID (webhook-id)", <code key="id">{event}</code>],
              ["Type", <code key="type">{`${webhook.typePrefix}${type}`}</code>],
              ["Happened", <When key="made" at={created} now={now} />],
              ...(due ? ([["Next attempt", <NextAttempt key="due" due={due} now={now} />]] as const) : []),
              ...(due && until ? ([["Given up", <When key="end" at={until} now={now} />]] as const) : []),
            ]}
          />
          {delivery.isTest ? null : <ResendButton id={delivery.id} why={whyNot(who, "webhooks.write")} />}
        </section>
      </div>
      <Section title="Attempts" id="attempts" hint="Newest first. Secrets and users are hidden in responses.">
        <Attempts of={attempts} now={now} />
      </Section>
      <Section title="Request" id="request" hint="As it is sent, with the signature and users hidden.">
        <Request of={request} />
      </Section>
    </>
  );
}

function Request({ of: request }: { of: DeliveryLog["request"] }) {
  if (!request) return <p className={styles.hint}>The event is no longer stored.</p>;
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\n`);
  const body = JSON.stringify(JSON.parse(request.body), null, 2);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboard users must be able to scroll it
    <section tabIndex={0} aria-label="Request as text" className={styles.code}>
      <pre>{`POST ${request.url}\n${headers.join("")}\n${body}`}</pre>
    </section>
  );
}
