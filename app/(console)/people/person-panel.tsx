import { Day, When } from "@/components/text/when";
import { SidePanel } from "@/components/ui/side-panel";
import type { Person } from "@/server/identity/people-list";
import { rightsTag } from "@/server/identity/person-changes";
import { setRights } from "./actions";
import styles from "./people.module.css";
import { PersonActions } from "./person-actions";
import { RightsForm } from "./rights-form";
import { type PeopleParams, peopleHref } from "./search-params";

type Props = {
  person: Person;
  isSelf: boolean;
  customers: { id: string; name: string }[];
  asked: PeopleParams;
  why: string | null;
  now: Date;
};

/** One person beside the list: facts, rights and actions. */
export function PersonPanel({ person, isSelf, customers, asked, why, now }: Props) {
  const { id, name, role, secondFactor, sessions, tokens } = person;
  const chosen = person.customers.map((customer) => customer.id);
  const back = peopleHref(asked, { open: null });
  return (
    <SidePanel title={name} back={back} opener={id}>
      <div className={styles.panel}>
        <Facts of={person} now={now} />
        <div>
          <h4>Rights</h4>
          <RightsForm
            key={id}
            id={id}
            save={setRights.bind(null, id)}
            saved={{ role, chosen }}
            tag={rightsTag({ role, customers: chosen })}
            customers={customers}
            why={why}
          />
        </div>
        <div>
          <h4>Account</h4>
          <PersonActions
            {...{ id, name, isSelf, secondFactor, sessions, tokens, back, why }}
            isOwner={role === "owner"}
          />
        </div>
      </div>
    </SidePanel>
  );
}

function Facts({ of: person, now }: { of: Person; now: Date }) {
  const { email, secondFactor, created, lastSeen, sessions, tokens } = person;
  return (
    <dl className={styles.facts}>
      <dt>E-mail</dt>
      <dd>{email}</dd>
      <dt>Second factor</dt>
      <dd>{secondFactor ? "on" : "off"}</dd>
      <dt>Since</dt>
      <dd>
        <Day at={created} />
      </dd>
      <dt>Last seen</dt>
      <dd>{lastSeen ? <When at={lastSeen} now={now} /> : "never"}</dd>
      <dt>Signed in</dt>
      <dd>{sessions === 1 ? "in 1 browser" : `in ${sessions} browsers`}</dd>
      <dt>API tokens</dt>
      <dd>{tokens}</dd>
    </dl>
  );
}
