import { When } from "@/components/text/when";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { ScimRequest } from "@/server/scim/requests";

const REQUEST: Column = { name: "Request" };
const STATUS: Column = { name: "Status", width: "88px" };
const CODE: Column = { name: "Refused for", width: "200px", priority: 2 };
const WHEN: Column = { name: "When", width: "124px" };

/** The last requests of a directory, newest first. */
export function RequestTable({ requests, now }: { requests: ScimRequest[]; now: Date }) {
  return (
    <Table caption="Last requests, newest first" columns={[REQUEST, STATUS, CODE, WHEN]}>
      {requests.map(({ id, method, path, status, code, at }) => (
        <tr key={id}>
          <RowName>
            <code title={path}>
              {method} {path}
            </code>
          </RowName>
          <Cell of={STATUS}>{status}</Cell>
          <Cell of={CODE}>{code ? <code>{code}</code> : "–"}</Cell>
          <Cell of={WHEN}>
            <When at={at} now={now} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
