import { Empty } from "@/components/empty";
import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { ROLE_WORDS } from "@/components/role-words";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { TextLink } from "@/components/text-link";
import { When } from "@/components/when";
import type { Principal } from "@/server/gate";
import type { Person } from "@/server/people-list";
import { filterOf, type PeopleParams, peopleHref } from "./search-params";
import styles from "./users.module.css";

type Parts = { who: Principal; people: Person[]; next: string | null; asked: PeopleParams; now: Date };

const NAME: Column = { name: "Person" };
const ROLE: Column = { name: "Role", width: "132px" };
const SCOPE: Column = { name: "Reaches", width: "30%", priority: 3 };
const FACTOR: Column = { name: "Second factor", width: "128px", priority: 3 };
const SEEN: Column = { name: "Last seen", width: "124px" };

/** The people who may sign in, by name; each name opens what one can do for that person. */
export function PeopleTable({ who, people, next, asked, now }: Parts) {
  if (people.length === 0)
    return (
      <Empty title="Nobody matches these filters.">
        <TextLink href="/users">Show everybody</TextLink>
      </Empty>
    );
  const pager = (
    <Pager
      first={asked.cursor ? peopleHref(asked, { cursor: null, open: null }) : null}
      next={next && peopleHref(asked, { cursor: next, open: null })}
      nextName="More people"
    />
  );
  return (
    <>
      {isAlone(people, asked) ? (
        <p className={styles.alone}>
          You are alone here. Invite a second owner, so that nobody is locked out when you lose your password.
        </p>
      ) : null}
      <Table
        caption="People, by name"
        columns={[NAME, ROLE, SCOPE, FACTOR, SEEN]}
        foot={
          <>
            <span>{people.length === 1 ? "1 person" : `${people.length} people`} on this page, by name</span>
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

type RowParts = { of: Person; isSelf: boolean; href: string; now: Date };

function PersonRow({ of: person, isSelf, href, now }: RowParts) {
  const { id, name, email, role, secondFactor, lastSeen } = person;
  return (
    <tr>
      <RowName>
        <span className={styles.lines}>
          <span>
            <TextLink id={id} href={href} scroll={false}>
              {name}
            </TextLink>
            {isSelf ? <span className={styles.you}> (you)</span> : null}
          </span>
          <span className={styles.second} title={email}>
            {email}
          </span>
        </span>
      </RowName>
      <Cell of={ROLE}>{ROLE_WORDS[role].name}</Cell>
      <Cell of={SCOPE}>
        <span title={reachOf(person)}>{reachOf(person)}</span>
      </Cell>
      <Cell of={FACTOR}>{secondFactor ? "on" : "off"}</Cell>
      <Cell of={SEEN}>{lastSeen ? <When at={lastSeen} now={now} /> : "never"}</Cell>
    </tr>
  );
}

function reachOf({ role, customers }: Person): string {
  if (role !== "license-admin") return "every customer";
  if (customers.length === 0) return "no customer: they are gone";
  const names = customers.map(({ name }) => name);
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${counted(names.length - 2, "other")}`;
}

function isAlone(people: Person[], asked: PeopleParams): boolean {
  return people.length === 1 && !asked.cursor && Object.keys(filterOf(asked)).length === 0;
}
