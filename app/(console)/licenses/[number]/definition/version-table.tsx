import { When } from "@/components/text/when";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DefinitionVersion } from "@/server/licenses/definition-versions";
import { definitionQuery } from "./search-params";

type Props = {
  number: string;
  versions: DefinitionVersion[];
  current: string;
  compare: string | null;
  now: Date;
};

const VERSION: Column = { name: "Version", width: "36%" };
const FROM: Column = { name: "In force since" };
const BY: Column = { name: "Saved by", priority: 2 };
const COMPARE: Column = { name: "Compare", width: "24%" };

/** The definitions of a license, the one in force first. */
export function VersionTable({ number, versions, current, compare, now }: Props) {
  return (
    <Table caption="Versions of the definition, current one first" columns={[VERSION, FROM, BY, COMPARE]}>
      {versions.map(({ id, version, from, by, isCorrection }, index) => (
        <tr key={id}>
          <RowName>
            <code>{version}</code>
          </RowName>
          <Cell of={FROM}>
            <When at={from} now={now} />
            {isCorrection ? ", as a correction" : null}
          </Cell>
          <Cell of={BY}>{by ?? "unknown"}</Cell>
          <Cell of={COMPARE}>
            {index === 0 ? "in force" : <CompareLink {...{ number, version, current, compare }} />}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

type LinkProps = { number: string; version: string; current: string; compare: string | null };

function CompareLink({ number, version, current, compare }: LinkProps) {
  if (version === current) return "same content";
  const isCompared = version === compare;
  const href = definitionQuery(`/licenses/${number}/definition`, { compare: isCompared ? null : version });
  return <TextLink href={`${href}#versions`}>{isCompared ? "Close comparison" : "Compare"}</TextLink>;
}
