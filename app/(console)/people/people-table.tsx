import { columnSort } from "@/app/(console)/_list/column-sort";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { count, counted } from "@/components/text/numbers";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { When } from "@/components/text/when";
import cell from "@/components/ui/cell-lines.module.css";
import { Pager } from "@/components/ui/pager";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { Principal } from "@/server/access/gate";
import type { Person } from "@/server/identity/people-list";
import styles from "./people.module.css";
import { PEOPLE_ORDERS } from "./people-fields";
import { type PeopleParams, peopleHref } from "./search-params";

type Props = {
  who: Principal;
  page: { items: Person[]; cursor: string | null; total: number };
  asked: PeopleParams;
  /** Whether this is the only person. */
  isAlone: boolean;
  now: Date;
};

const NAME: Column = { name: "Person" };
const ROLE: Column = { name: "Role", width: "132px" };
const SCOPE: Column = { name: "Access", width: "30%", priority: 3 };
const FACTOR: Column = { name: "Second factor", width: "128px", priority: 3 };
const SEEN: Column = { name: "Last seen", width: "124px" };

/** The people who may sign in; each name opens a panel. */
export function PeopleTable({ who, page, asked, isAlone, now }: Props) {
  const { items: people, total } = page;
  const order = PEOPLE_ORDERS.words[asked.sort];
  const sorted = (column: Column, first: PeopleParams["sort"]) => ({
    ...column,
    sort: columnSort(asked.sort, first, (sort) => peopleHref(asked, { sort, cursor: null, open: null })),
  });
  const pager = (
    <Pager
      {...cursorsFrom(asked.cursor, page.cursor, (cursor) => peopleHref(asked, { cursor, open: null }))}
      previousName="Previous people"
      nextName="Next people"
    />
  );
  return (
    <>
      {isAlone ? (
        <p className={styles.alone}>
          You're the only user. Invite a second owner, so that you aren't locked out if you lose your
          password.
        </p>
      ) : null}
      <Table
        caption={`People, ${order}`}
        columns={[sorted(NAME, "name"), sorted(ROLE, "role"), SCOPE, FACTOR, sorted(SEEN, "-seen")]}
        foot={
          <>
            <span role="status">
              {count(people.length)} of {total === 1 ? "1 person" : `${count(total)} people`}, {order}
            </span>
            {pager}
          </>
        }
      >
        {people.map((person) => (
          <PersonRow
            key={person.id}
            of={person}
            isSelf={person.id === who.id}
            href={peopleHref(asked, { open: person.id })}
            now={now}
          />
        ))}
      </Table>
    </>
  );
}

type RowProps = { of: Person; isSelf: boolean; href: string; now: Date };

function PersonRow({ of: person, isSelf, href, now }: RowProps) {
  const { id, name, email, role, secondFactor, lastSeen } = person;
  return (
    <tr>
      <RowName>
        <span className={cell.cut}>
          <span>
            <TextLink id={id} href={href} scroll={false}>
              {name}
            </TextLink>
            {isSelf ? <span className={styles.you}> (you)</span> : null}
          </span>
          <span className={cell.second} title={email}>
            {email}
          </span>
        </span>
      </RowName>
      <Cell of={ROLE}>{ROLE_LABELS[role].name}</Cell>
      <Cell of={SCOPE}>
        <span title={reachOf(person)}>{reachOf(person)}</span>
      </Cell>
      <Cell of={FACTOR}>{secondFactor ? "on" : "off"}</Cell>
      <Cell of={SEEN}>{lastSeen ? <When at={lastSeen} now={now} /> : "never"}</Cell>
    </tr>
  );
}

function reachOf({ role, customers }: Person): string {
  if (role !== "license-admin") return "all customers";
  if (customers.length === 0) return "Customers deleted";
  const names = customers.map(({ name }) => name);
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${counted(names.length - 2, "other")}`;
}
