import type { Metadata } from "next";
import { PageHead } from "@/components/page-head";
import { TextLink } from "@/components/text-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/session";
import { createCustomerByForm } from "../actions";
import { NameForm } from "../name-form";

export const metadata: Metadata = { title: "New customer" };

export default async function NewCustomerPage() {
  const who = await allowedTo("customers.read");
  return (
    <>
      <PageHead title="New customer">
        <TextLink href="/customers">All customers</TextLink>
      </PageHead>
      <NameForm why={whyNot(who, "customers.write")} save={createCustomerByForm} />
    </>
  );
}
