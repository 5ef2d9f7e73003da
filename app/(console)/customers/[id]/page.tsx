import type { Metadata } from "next";
import { NotesSection } from "@/app/(console)/_notes/notes-section";
import { renameCustomerByForm } from "@/app/(console)/customers/actions";
import { NameForm } from "@/app/(console)/customers/name-form";
import { LicenseTable } from "@/app/(console)/licenses/license-table";
import { PageHead } from "@/components/shell/page-head";
import { count, counted } from "@/components/text/numbers";
import { Empty } from "@/components/ui/empty";
import { NewLink } from "@/components/ui/new-link";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { rightOf, whyNot } from "@/domain/roles";
import { listPeople } from "@/server/identity/people-list";
import { customerTag } from "@/server/licenses/customers";
import { licenseBoard } from "@/server/overview/license-board";
import { customerOfPage, type IdParams } from "./customer-of-page";
import { People } from "./people";

const LICENSES = 50;
const PEOPLE = 100;

export async function generateMetadata(props: IdParams): Promise<Metadata> {
  return { title: (await customerOfPage(props)).customer.name };
}

export default async function CustomerPage(props: IdParams) {
  const { who, customer } = await customerOfPage(props);
  const now = new Date();
  const { id, name } = customer;
  const seesPeople = rightOf(who.role, "people.read") === "yes";
  const [licenses, people] = await Promise.all([
    licenseBoard(who, { customer: id, limit: LICENSES }, now),
    seesPeople ? listPeople({ customer: id }, { limit: PEOPLE }, now) : null,
  ]);
  return (
    <>
      <PageHead title={name}>
        <NewLink href={`/licenses/new?customer=${id}`} why={whyNot(who, "licenses.write")}>
          New license
        </NewLink>
      </PageHead>
      <Section title="Licenses" id="licenses">
        {licenses.items.length > 0 ? (
          <LicenseTable
            caption={`Licenses of ${name}, newest first`}
            rows={licenses.items}
            now={now}
            foot={
              <>
                <span>
                  {count(licenses.items.length)} of {counted(licenses.total, "license")}, newest first
                </span>
                <TextLink href={`/licenses?customer=${id}`}>Filter and export these</TextLink>
              </>
            }
          />
        ) : (
          <Empty title="No licenses yet." />
        )}
      </Section>
      {people ? (
        <Section title="License admins" id="people">
          <People people={people.items} mayInvite={rightOf(who.role, "people.write") === "yes"} now={now} />
        </Section>
      ) : null}
      <NotesSection who={who} holder={{ customer: id }} />
      <Section title="Name" id="name">
        <NameForm
          customer={{ id, name, tag: customerTag(customer) }}
          why={whyNot(who, "customers.write")}
          save={renameCustomerByForm}
        />
      </Section>
    </>
  );
}
