import { count, counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import cell from "@/components/ui/cell-lines.module.css";
import { Link } from "@/components/ui/link";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { ScimConnection } from "@/server/scim/shown-connections";
import { reachLabel } from "./directory-labels";
import { DirectoryMode } from "./directory-mode";

type Props = { connections: ScimConnection[]; customers: { id: string; name: string }[]; now: Date };

const NAME: Column = { name: "Name" };
const MODE: Column = { name: "Mode", width: "136px" };
const REACH: Column = { name: "Access", width: "28%" };
const USERS: Column = { name: "Users", width: "112px" };
const LAST: Column = { name: "Last request", width: "132px", priority: 3 };

/** Connections, newest first. */
export function DirectoryTable({ connections, customers, now }: Props) {
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  return (
    <Table
      caption="Directories, newest first"
      columns={[NAME, MODE, REACH, USERS, LAST]}
      foot={<span role="status">{directories(connections.length)}, newest first</span>}
    >
      {connections.map((connection) => (
        <tr key={connection.id}>
          <RowName>
            <span className={cell.lines}>
              <Link className={cell.name} href={`/directories/${connection.id}`} title={connection.name}>
                {connection.name}
              </Link>
              <span className={cell.by}>{counted(connection.groups.length, "mapped group")}</span>
            </span>
          </RowName>
          <Cell of={MODE}>
            <DirectoryMode of={connection} now={now} />
          </Cell>
          <Cell of={REACH}>
            <span title={reachLabel(connection, names)}>{reachLabel(connection, names)}</span>
          </Cell>
          <Cell of={USERS}>{count(connection.users)}</Cell>
          <Cell of={LAST}>{connection.lastUsed ? <When at={connection.lastUsed} now={now} /> : "never"}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function directories(number: number): string {
  return number === 1 ? "1 directory" : `${count(number)} directories`;
}
