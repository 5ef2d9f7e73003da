import type { Metadata } from "next";
import { PageHead } from "@/components/page-head";
import { TextLink } from "@/components/text-link";
import { whyNot } from "@/domain/roles";
import { customerChoices } from "@/server/customers";
import { allowedTo } from "@/server/session";
import { invitePerson } from "../actions";
import { InviteForm } from "./invite-form";

export const metadata: Metadata = { title: "Invite" };

export default async function InvitePage() {
  const who = await allowedTo("users.read");
  return (
    <>
      <PageHead title="Invite a person">
        <TextLink href="/users">Back to people</TextLink>
      </PageHead>
      <InviteForm
        invite={invitePerson}
        customers={await customerChoices(who)}
        why={whyNot(who, "users.write")}
      />
    </>
  );
}
