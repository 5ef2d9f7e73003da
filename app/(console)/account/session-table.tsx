import { When } from "@/components/text/when";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { OpenSession } from "@/server/identity/own-sessions";
import styles from "./account.module.css";
import { browserLabel } from "./browser-labels";
import { EndOne } from "./session-actions";

type Props = { sessions: OpenSession[]; here: string; now: Date };

const BROWSER: Column = { name: "Browser" };
const ADDRESS: Column = { name: "Address", width: "24%" };
const BEGAN: Column = { name: "Signed in", width: "124px", priority: 3 };
const SEEN: Column = { name: "Last seen", width: "124px" };
const ACTIONS: Column = { name: "Actions", width: "100px" };

/** The person's sessions, last used first; the current browser is marked. */
export function SessionTable({ sessions, here, now }: Props) {
  return (
    <Table caption="Your sessions" columns={[BROWSER, ADDRESS, BEGAN, SEEN, ACTIONS]}>
      {sessions.map(({ id, userAgent, address, began, lastSeen }) => (
        <tr key={id}>
          <RowName>
            {browserLabel(userAgent)}
            {id === here ? <span className={styles.here}> (this one)</span> : null}
          </RowName>
          <Cell of={ADDRESS}>{address ? addressWords(address) : "unknown"}</Cell>
          <Cell of={BEGAN}>
            <When at={began} now={now} />
          </Cell>
          <Cell of={SEEN}>{id === here ? "now" : <When at={lastSeen} now={now} />}</Cell>
          <Cell of={ACTIONS}>
            <EndOne id={id} browser={browserLabel(userAgent)} isHere={id === here} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** The shortest form of an IPv6 address. Only its network part is stored, so `::1` appears as `::`. */
function addressWords(address: string): string {
  const written = `http://[${address}]`;
  const short = URL.canParse(written) ? new URL(written).hostname.slice(1, -1) : address;
  return /^(::1?|127\..*)$/.test(short) ? "this machine" : short;
}
