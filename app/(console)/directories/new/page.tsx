import type { Metadata } from "next";
import { connectByForm } from "@/app/(console)/directories/actions";
import { mappingChoices } from "@/app/(console)/directories/mapping-choices";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { env } from "@/server/store/env";
import { DirectoryForm } from "./directory-form";

export const metadata: Metadata = { title: "Connect directory" };

export default async function NewDirectoryPage() {
  const who = await allowedTo("scim.read");
  const [customers, choices] = await Promise.all([customerChoices(who), mappingChoices(who, new Date())]);
  return (
    <>
      <PageHead title="Connect directory">
        <TextLink href="/directories">All directories</TextLink>
      </PageHead>
      <DirectoryForm
        make={connectByForm}
        {...{ customers, choices }}
        address={`${env().PUBLIC_URL}/scim/v2`}
        why={whyNot(who, "scim.write")}
      />
    </>
  );
}
