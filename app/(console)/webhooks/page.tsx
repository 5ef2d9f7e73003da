import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import { NewLink } from "@/components/ui/new-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { listWebhooks } from "@/server/webhooks/webhooks";
import { loadWebhookParams, webhookSearch } from "./search-params";
import { WebhookTable } from "./webhook-table";
import styles from "./webhooks.module.css";

export const metadata: Metadata = { title: "Webhooks" };

const PAGE = 50;

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("webhooks.read");
  const { cursor } = await loadWebhookParams(searchParams);
  const now = new Date();
  const page = await pageAt(cursor, (position) => listWebhooks(who, { limit: PAGE, cursor: position }, now));
  const cursors = cursorsFrom(cursor, page.cursor, (next) => webhookSearch("/webhooks", { cursor: next }));
  return (
    <>
      <PageHead title="Webhooks">
        <NewLink href="/webhooks/new" why={whyNot(who, "webhooks.write")}>
          Create webhook
        </NewLink>
      </PageHead>
      <p className={styles.lead}>
        Signet signs events and sends them to these URLs as they happen. It retries for three days.
      </p>
      {page.items.length > 0 ? (
        <WebhookTable webhooks={page.items} cursors={cursors} now={now} />
      ) : (
        <Empty title="No webhooks yet.">
          <p>Create one to tell another system about seats, usage, keys and licenses.</p>
        </Empty>
      )}
    </>
  );
}
