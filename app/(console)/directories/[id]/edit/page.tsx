import type { Metadata } from "next";
import { type DirectoryParams, directoryOfPage } from "@/app/(console)/directories/[id]/directory-of-page";
import { changeByForm } from "@/app/(console)/directories/actions";
import { mappingChoices } from "@/app/(console)/directories/mapping-choices";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { whyNot } from "@/domain/roles";
import { connectionTag } from "@/server/scim/connections";
import { DirectoryEditForm } from "./edit-form";

export const metadata: Metadata = { title: "Edit directory" };

export default async function EditDirectoryPage(props: DirectoryParams) {
  const { who, connection } = await directoryOfPage(props);
  const { id, subject, groups } = connection;
  return (
    <>
      <PageHead title="Edit directory">
        <TextLink href={`/directories/${id}`}>Back to the directory</TextLink>
      </PageHead>
      <DirectoryEditForm
        id={id}
        save={changeByForm.bind(null, id)}
        saved={{
          subject,
          mappings: groups.map((mapping) => ({ ...mapping, license: formatLicenseNumber(mapping.license) })),
        }}
        choices={await mappingChoices(who, new Date())}
        tag={connectionTag(connection)}
        why={whyNot(who, "scim.write")}
      />
    </>
  );
}
