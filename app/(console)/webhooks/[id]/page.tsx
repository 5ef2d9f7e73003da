import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import styles from "@/app/(console)/webhooks/webhooks.module.css";
import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import { FilterLinks } from "@/components/ui/filter-links";
import { ListBar } from "@/components/ui/list-bar";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import type { DeliveryState } from "@/domain/webhooks/webhook";
import { countWaiting, listDeliveries } from "@/server/webhooks/deliveries";
import { DeliveryTable } from "./delivery-table";
import { deliverySearch, loadDeliveryParams } from "./search-params";
import { WebhookActions } from "./webhook-actions";
import { WebhookFacts } from "./webhook-facts";
import { type WebhookParams, webhookOfPage } from "./webhook-of-page";

const PAGE = 50;
const MOST_COUNTED = 1000;
const STATES: [state: DeliveryState | null, name: string][] = [
  [null, "All"],
  ["waiting", "Waiting"],
  ["delivered", "Delivered"],
  ["failed", "Failed"],
];

type Props = WebhookParams & { searchParams: Promise<SearchParams> };

export async function generateMetadata(props: WebhookParams): Promise<Metadata> {
  return { title: (await webhookOfPage(props)).webhook.name };
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const { who, webhook, now } = await webhookOfPage({ params });
  const address = await searchParams;
  const asked = loadDeliveryParams(address);
  const { state, cursor } = asked;
  const path = `/webhooks/${webhook.id}`;
  const filter = { state: state ?? undefined, limit: PAGE };
  const [page, waiting] = await Promise.all([
    pageAt(cursor, (position) => listDeliveries(who, webhook.id, { ...filter, cursor: position })),
    countWaiting(webhook.id, MOST_COUNTED),
  ]);
  const cursors = cursorsFrom(cursor, page.cursor, (next) =>
    deliverySearch(path, { ...asked, cursor: next }),
  );
  return (
    <>
      <PageHead title={webhook.name}>
        <TextLink href="/webhooks">All webhooks</TextLink>
      </PageHead>
      <div className={styles.page}>
        <WebhookFacts of={webhook} waiting={waiting} most={MOST_COUNTED} now={now} />
        <WebhookActions of={webhook} why={whyNot(who, "webhooks.write")} />
      </div>
      <Section
        title="Deliveries"
        id="deliveries"
        hint="Of the last 30 days. A delivery that fails is retried for three days, at growing intervals."
      >
        <ListBar>
          <FilterLinks
            label="Deliveries by state"
            links={STATES.map(([value, name]) => ({
              name,
              href: deliverySearch(path, { state: value }),
              isCurrent: value === state,
            }))}
          />
        </ListBar>
        <UnknownFilters filters={unknownIn(address, asked, ["state"])} />
        {page.items.length > 0 ? (
          <DeliveryTable deliveries={page.items} cursors={cursors} now={now} />
        ) : (
          <NoDelivery isFiltered={state !== null} path={path} />
        )}
      </Section>
    </>
  );
}

function NoDelivery({ isFiltered, path }: { isFiltered: boolean; path: string }) {
  if (isFiltered)
    return (
      <Empty title="No deliveries in this state.">
        <TextLink href={path}>Clear filters</TextLink>
      </Empty>
    );
  return (
    <Empty title="No deliveries yet.">
      <p>Events appear here within seconds. Send a test event to check the receiver.</p>
    </Empty>
  );
}
