import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { ReadTime } from "@/app/(console)/_lib/read-time";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import { ListViews } from "@/app/(console)/_list/list-views";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { hasNoItems, pageAt } from "@/app/(console)/_list/paging";
import { readTypedDays } from "@/app/(console)/_list/typed-days";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { count, counted } from "@/components/text/numbers";
import { ListBar } from "@/components/ui/list-bar";
import { NoMatch } from "@/components/ui/no-match";
import { Pager } from "@/components/ui/pager";
import { SidePanel } from "@/components/ui/side-panel";
import { TextLink } from "@/components/ui/text-link";
import { AUDIT_NOUNS, type AuditNoun, isAuditNoun } from "@/domain/audit-actions";
import { shownLag } from "@/domain/replica/replica-lag";
import { whyOnlySeen } from "@/domain/roles";
import { isUuid } from "@/domain/uuid";
import type { Principal } from "@/server/access/gate";
import { auditEvent, folds, listShown, type PlacedEvent } from "@/server/audit/log";
import { eventNames } from "@/server/audit/names";
import { reversalsOf } from "@/server/audit/reversals";
import { savedViews } from "@/server/identity/saved-views";
import { seen } from "@/server/identity/session";
import { readRecent } from "@/server/store/read-scope";
import styles from "./audit.module.css";
import { fieldsOf } from "./audit-fields";
import { shownLabel } from "./audit-labels";
import { AuditTable } from "./audit-table";
import { EventFacts } from "./event-facts";
import { NewEvents } from "./new-events";
import { type AuditParams, auditSearch, filterOf, narrowing, readAudit } from "./search-params";

/** `chain` limits the list to one license; `tools` verify and export what is listed. */
type Props = { who: Principal; path: string; address: SearchParams; chain?: string; tools: ReactNode };

const PAGE = 100;
const VIEWS = [{ id: "all", name: "All", search: "" }];
const OF_A_LICENSE: AuditNoun[] = ["license", "definition", "key", "deployment", "assignment"];
const ALL = Object.keys(AUDIT_NOUNS).filter(isAuditNoun);

/** The audit events that the person may see, newest first, with the open event beside them. */
export async function AuditList({ who, path, address, chain, tools }: Props) {
  const nouns = chain || who.customers ? OF_A_LICENSE : ALL;
  await readTypedDays(path, address, ["from", "to"]);
  const { asked, unknown } = readAudit(address, nouns);
  const filter = filterOf(asked);
  const now = new Date();
  const { value: page, asOf } = await readRecent(
    () => pageAt(asked.cursor, (cursor) => listShown(who, { ...filter, chain, limit: PAGE, cursor })),
    hasNoItems,
  );
  const { open } = asked;
  const event = open && isUuid(open) ? await seen(() => auditEvent(who, open)) : null;
  const opened = event && { ...event, standsFor: folds(filter) ? standsFor(event) : 1 };
  const reversals = opened && (await reversalsOf(opened));
  const namesOf = await eventNames([...page.items, ...(opened ? [opened] : [])]);
  const events = page.items.reduce((sum, { standsFor }) => sum + standsFor, 0);
  const hrefOf = (change: Partial<AuditParams>) => auditSearch(path, { ...asked, ...change });
  return (
    <>
      <ListBar actions={tools}>
        <ListViews
          list="audit"
          path={path}
          builtIn={VIEWS}
          saved={await savedViews(who.id, "audit")}
          why={whyOnlySeen(who)}
        />
        <ListFilters
          path={path}
          name="actor"
          label="Actor, by name or ID"
          search={asked.actor.trim()}
          fields={fieldsOf(asked, address, nouns)}
          others={["within"]}
        />
      </ListBar>
      <UnknownFilters filters={unknown} />
      {asked.cursor ? null : (
        <NewEvents
          search={auditSearch("", { ...asked, open: null, origin: null })}
          chain={chain}
          after={page.items[0]?.id ?? ""}
        />
      )}
      {filter.within ? (
        <p className={styles.within}>
          The events of one change.{" "}
          <TextLink href={hrefOf({ within: null, cursor: null, open: filter.within })}>
            Group these events
          </TextLink>
        </p>
      ) : null}
      <div className={styles.parts} data-open={opened !== null}>
        {page.items.length === 0 ? (
          <NoMatch none="No events" filters={narrowing(asked)} list={path} />
        ) : (
          <AuditTable
            events={page.items.map((event) => ({ ...event, ...namesOf(event) }))}
            isOfOneLicense={chain !== undefined}
            open={open}
            hrefOf={(id) => hrefOf({ open: id })}
            foot={
              <>
                <span>
                  {counted(events, "event")}
                  {events > page.items.length ? ` in ${count(page.items.length)} rows` : ""} on this page,
                  newest first
                </span>
                {shownLag(asOf, now) === null ? null : <ReadTime at={now} asOf={asOf} />}
                <Pager
                  {...cursorsFrom(asked.cursor, page.cursor, (cursor) => hrefOf({ cursor, open: null }))}
                  previousName="Newer events"
                  nextName="Older events"
                />
              </>
            }
          />
        )}
        {opened && reversals ? (
          <SidePanel
            key={opened.id}
            title={shownLabel(opened)}
            back={hrefOf({ open: null })}
            opener={opened.id}
          >
            <EventFacts
              event={opened}
              names={namesOf(opened)}
              reversals={reversals}
              hrefOf={hrefOf}
              isWithin={filter.within === opened.standing.id}
            />
          </SidePanel>
        ) : null}
      </div>
    </>
  );
}

function standsFor({ id, standing }: PlacedEvent): number {
  return standing.id === id ? standing.standsFor : 1;
}
