import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { PageHead } from "@/components/page-head";
import { whyNot } from "@/domain/roles";
import { customerChoices } from "@/server/customers";
import { findPerson, listPeople } from "@/server/people-list";
import { allowedTo } from "@/server/session";
import { firstPageOnBadCursor } from "../paging";
import { InvitationTable } from "./invitation-table";
import { InviteLink } from "./invite-link";
import { PeopleFilters } from "./people-filters";
import { PeopleTable } from "./people-table";
import { PersonPanel } from "./person-panel";
import { filterOf, loadPeopleParams } from "./search-params";
import styles from "./users.module.css";

export const metadata: Metadata = { title: "Users and roles" };

const PAGE = 50;

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("users.read");
  const asked = await loadPeopleParams(searchParams);
  const now = new Date();
  const page = await firstPageOnBadCursor(asked.cursor ?? undefined, (cursor) =>
    listPeople(filterOf(asked), { limit: PAGE, cursor }, now),
  );
  const customers = await customerChoices(who);
  const opened = asked.open ? await findPerson(asked.open, now) : null;
  const why = whyNot(who, "users.write");
  return (
    <>
      <PageHead title="Users and roles">
        <InviteLink why={why} />
      </PageHead>
      <PeopleFilters asked={asked} customers={customers} />
      <div className={styles.parts} data-open={opened !== null}>
        <div className={styles.lists}>
          <PeopleTable who={who} people={page.items} next={page.cursor} asked={asked} now={now} />
          <InvitationTable customers={customers} why={why} now={now} />
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
    </>
  );
}
