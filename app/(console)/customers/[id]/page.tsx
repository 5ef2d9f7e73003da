import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { count, counted } from "@/components/numbers";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { rightOf, whyNot } from "@/domain/roles";
import { customerTag } from "@/server/customers";
import { licenseBoard } from "@/server/license-board";
import { listPeople } from "@/server/people-list";
import { LicenseTable } from "../../licenses/license-table";
import { NewLicenseLink } from "../../licenses/new-license-link";
import { renameCustomerByForm } from "../actions";
import { NameForm } from "../name-form";
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
  const seesPeople = rightOf(who.role, "users.read") === "yes";
  const [licenses, people] = await Promise.all([
    licenseBoard(who, { customer: id, limit: LICENSES }, now),
    seesPeople ? listPeople({ customer: id }, { limit: PEOPLE }, now) : null,
  ]);
  return (
    <>
      <PageHead title={name}>
        <NewLicenseLink why={whyNot(who, "licenses.write")} customer={id} />
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
          <People people={people.items} mayInvite={rightOf(who.role, "users.write") === "yes"} now={now} />
        </Section>
      ) : null}
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
