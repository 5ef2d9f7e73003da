import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { definitionOfVersion, definitionVersions } from "@/server/licenses/definition-versions";
import { Compared } from "./compared";
import { DefinitionEditor } from "./definition-editor";
import { DefinitionText } from "./definition-text";
import { loadDefinitionParams } from "./search-params";
import { VersionTable } from "./version-table";

export const metadata: Metadata = { title: "Definition" };

const VERSIONS = 50;

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function DefinitionPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "licenses.read");
  const { number, definition, version } = license;
  const why = whyNot(who, "licenses.write");
  const { as, compare } = await loadDefinitionParams(searchParams);
  const [versions, other] = await Promise.all([
    definitionVersions(number, VERSIONS),
    compare ? definitionOfVersion(number, compare) : null,
  ]);
  return (
    <>
      {why ? (
        <DefinitionText {...{ number, definition, as, why, now }} />
      ) : (
        <DefinitionEditor
          {...{ number, now }}
          inForce={{ definition, version }}
          isCorrectable={versions.length > 1}
        />
      )}
      <Section
        title="Versions"
        id="versions"
        hint="The same content has the same version."
        actions={
          why ? null : <TextLink href={`/licenses/new?copy=${number}`}>New license like this one</TextLink>
        }
      >
        {other && compare ? <Compared before={other} version={compare} after={definition} /> : null}
        <VersionTable number={number} versions={versions} current={version} compare={compare} now={now} />
      </Section>
    </>
  );
}
