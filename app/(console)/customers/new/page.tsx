import type { Metadata } from "next";
import { createCustomerByForm } from "@/app/(console)/customers/actions";
import { NameForm } from "@/app/(console)/customers/name-form";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";

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
