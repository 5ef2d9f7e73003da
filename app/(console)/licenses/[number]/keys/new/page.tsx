import type { Metadata } from "next";
import { issueKey } from "@/app/(console)/licenses/[number]/keys/actions";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { activeKid } from "@/server/keys/signing-keys";
import { IssueForm } from "./issue-form";

export const metadata: Metadata = { title: "Issue a key" };

export default async function NewKeyPage({ params }: NumberParams) {
  const { who, license } = await licenseOfPage({ params }, "keys.read");
  const { number } = license;
  return (
    <Section
      title="Issue a key"
      id="new-key"
      hint={<TextLink href={`/licenses/${number}/keys`}>All keys of this license</TextLink>}
    >
      <IssueForm
        number={number}
        kid={await activeKid()}
        why={whyOf(license.status) ?? whyNot(who, "keys.issue")}
        issue={issueKey.bind(null, number)}
      />
    </Section>
  );
}

function whyOf(status: string): string | null {
  return status === "revoked" ? "This license was revoked permanently, so a new key would not work." : null;
}
