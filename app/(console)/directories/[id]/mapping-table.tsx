import { count } from "@/components/text/numbers";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { nameKey } from "@/domain/licenses/definition";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { ScimConnection } from "@/server/scim/shown-connections";

const GROUP: Column = { name: "Group" };
const LICENSE: Column = { name: "License", width: "200px" };
const ALLOTMENT: Column = { name: "Allotment", width: "176px" };
const GIVEN: Column = { name: "Seats given", width: "116px" };
const WITHOUT: Column = { name: "Members without", width: "148px" };

/** The mappings of a directory, and how many seats each allotment got by them. */
export function MappingTable({ of: { groups, grants } }: { of: ScimConnection }) {
  if (groups.length === 0)
    return (
      <Empty title="No groups are mapped.">
        <p>Edit the directory to give the members of a group seats.</p>
      </Empty>
    );
  const counted = (license: string, allotment: string, ...states: string[]) =>
    grants
      .filter(
        (one) =>
          one.license === license && one.allotment === nameKey(allotment) && states.includes(one.state),
      )
      .reduce((sum, one) => sum + one.count, 0);
  return (
    <Table caption="Groups that get seats" columns={[GROUP, LICENSE, ALLOTMENT, GIVEN, WITHOUT]}>
      {groups.map(({ group, license, allotment }) => (
        <tr key={`${group} ${license} ${allotment}`}>
          <RowName>{group}</RowName>
          <Cell of={LICENSE}>
            <Link href={`/licenses/${license}/assignments`}>{formatLicenseNumber(license)}</Link>
          </Cell>
          <Cell of={ALLOTMENT}>{allotment}</Cell>
          <Cell of={GIVEN}>{count(counted(license, allotment, "given"))}</Cell>
          <Cell of={WITHOUT}>{count(counted(license, allotment, "refused", "waiting"))}</Cell>
        </tr>
      ))}
    </Table>
  );
}
