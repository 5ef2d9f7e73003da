import type { Metadata } from "next";
import { invitePerson } from "@/app/(console)/people/actions";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { InviteForm } from "./invite-form";

export const metadata: Metadata = { title: "Invite" };

export default async function InvitePage() {
  const who = await allowedTo("people.read");
  return (
    <>
      <PageHead title="Invite a person">
        <TextLink href="/people">Back to people</TextLink>
      </PageHead>
      <InviteForm
        invite={invitePerson}
        customers={await customerChoices(who)}
        why={whyNot(who, "people.write")}
      />
    </>
  );
}
