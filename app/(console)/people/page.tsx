import { IconUserPlus } from "@tabler/icons-react";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import { pageAt } from "@/app/(console)/_list/paging";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { PageHead } from "@/components/shell/page-head";
import { ActionLink } from "@/components/ui/action-link";
import { ListBar } from "@/components/ui/list-bar";
import { NewLink } from "@/components/ui/new-link";
import { NoMatch } from "@/components/ui/no-match";
import { whyNot } from "@/domain/roles";
import { listInvitations } from "@/server/identity/invitations";
import { findPerson, listPeople } from "@/server/identity/people-list";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { InvitationTable } from "./invitation-table";
import styles from "./people.module.css";
import { fieldsOf } from "./people-fields";
import { PeopleTable } from "./people-table";
import { PersonPanel } from "./person-panel";
import { RequiredFactor } from "./required-factor";
import { filterOf, loadPeopleParams, narrowing, peopleHref } from "./search-params";

export const metadata: Metadata = { title: "People and roles" };

const PAGE = 50;
const NOBODY = { items: [], cursor: null, total: 0 };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("people.read");
  const address = await searchParams;
  const customers = await customerChoices(who);
  const said = await loadPeopleParams(address);
  const isKnown = customers.some(({ id }) => id === said.customer);
  const asked = { ...said, customer: isKnown ? said.customer : "" };
  const { state } = asked;
  const filter = filterOf(asked);
  const now = new Date();
  const page =
    state === "invited"
      ? NOBODY
      : await pageAt(asked.cursor, (cursor) => listPeople(filter, { limit: PAGE, cursor }, now));
  const invitations = state === "come" ? [] : await listInvitations(filter);
  const opened = asked.open ? await findPerson(asked.open, now) : null;
  const why = whyNot(who, "people.write");
  const isNobody = page.items.length === 0 && invitations.length === 0;
  return (
    <>
      <PageHead title="People and roles">
        <span className={styles.buttons}>
          <ActionLink href={peopleHref(asked, { cursor: null, open: null }, "/people/export")} isFile>
            Export CSV
          </ActionLink>
          <NewLink
            href="/people/invite"
            why={why}
            icon={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
          >
            Invite a person
          </NewLink>
        </span>
      </PageHead>
      <ListBar>
        <ListFilters
          path="/people"
          label="Find a person"
          hint="Name or e-mail"
          search={asked.q.trim()}
          fields={fieldsOf(asked, customers)}
        />
      </ListBar>
      <UnknownFilters filters={unknownIn(address, asked, ["role", "state", "factor", "customer", "sort"])} />
      <div className={styles.parts} data-open={opened !== null}>
        <div className={styles.lists}>
          {isNobody ? (
            <NoMatch none="No people" filters={narrowing(asked)} search={asked.q.trim()} list="/people" />
          ) : null}
          {page.items.length > 0 ? (
            <PeopleTable
              {...{ who, page, asked, now }}
              isAlone={page.total === 1 && narrowing(asked) === 0}
            />
          ) : null}
          <InvitationTable {...{ invitations, customers, why, now }} />
        </div>
        {opened ? (
          <PersonPanel
            key={opened.id}
            person={opened}
            isSelf={opened.id === who.id}
            {...{ customers, asked, why, now }}
          />
        ) : null}
      </div>
      <RequiredFactor why={why} />
    </>
  );
}
