import type { Metadata } from "next";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { type Network, network } from "@/server/network";
import { principal } from "@/server/session";
import styles from "./network.module.css";

export const metadata: Metadata = { title: "Network" };

const PORT: Column = { name: "Port", width: "110px" };
const CALLER: Column = { name: "Who calls it", width: "24%" };
const SERVES: Column = { name: "What it serves" };
const CLEAR: Column = { name: "Encryption", width: "30%" };

/** Ports, proxies, and what is sent in clear: as this server is set, for those who open firewalls. */
export default async function NetworkPage() {
  await principal();
  const set = network();
  return (
    <>
      <PageHead title="Network" />
      <Section title="Ports of this server" id="ports" hint="As it is set now. Nothing else listens.">
        <Ports set={set} />
      </Section>
      <Section title="What products need" id="products">
        <Products set={set} />
      </Section>
      <Section title="What is sent in clear" id="clear">
        <Clear set={set} />
      </Section>
    </>
  );
}

function Ports({ set }: { set: Network }) {
  return (
    <Table caption="Ports" columns={[PORT, CALLER, SERVES, CLEAR]}>
      <tr>
        <RowName>{set.consolePort}</RowName>
        <Cell of={CALLER}>People, and programs with an API token</Cell>
        <Cell of={SERVES}>This console and the management API</Cell>
        <Cell of={CLEAR}>{isEncrypted(set.address) ? "TLS by the proxy before it" : "None: plain HTTP"}</Cell>
      </tr>
      <tr>
        <RowName>{set.doorPort}</RowName>
        <Cell of={CALLER}>Products, with their license key</Cell>
        <Cell of={SERVES}>
          <code>/v1</code>, public keys, health. The only one to open to products
        </Cell>
        <Cell of={CLEAR}>{doorWords(set)}</Cell>
      </tr>
    </Table>
  );
}

function Products({ set }: { set: Network }) {
  return (
    <ul className={styles.facts}>
      <li>
        One way out: TCP from each deployment to <code>{set.door}</code>, which leads to port {set.doorPort}{" "}
        of this server. Another address is set by <code>PUBLIC_DOOR_URL</code>. Nothing calls a deployment
        from outside.
      </li>
      <li>
        Through a proxy of their own: start the agent with{" "}
        <code>--proxy http://user:password@proxy:8080</code>. A proxy that opens TLS needs its certificate in{" "}
        <code>--ca</code>.
      </li>
      <li>
        Without a network: a product takes the signed definition as a file, and goes on for the days of its
        lease when the network fails.
      </li>
      <li>
        {set.trustsProxy
          ? "Addresses of callers are taken from X-Forwarded-For, because TRUST_PROXY is set."
          : "Addresses of callers are those of the connection. Behind a proxy set TRUST_PROXY, or all calls seem to be its own."}
      </li>
    </ul>
  );
}

function Clear({ set }: { set: Network }) {
  return (
    <ul className={styles.facts}>
      {isEncrypted(set.door) ? null : (
        <li>
          The door has no certificate of its own. Without a proxy that ends TLS before it, license keys and
          names of people can be read on the way. Set <code>TLS_CERT</code> and <code>TLS_KEY</code>, or put a
          proxy before it and its address in <code>PUBLIC_DOOR_URL</code>.
        </li>
      )}
      {isEncrypted(set.address) ? null : (
        <li>
          The console is known as {set.address}. Passwords and sessions are sent as they are between browser
          and server; beyond this machine use a proxy with TLS and an https address in <code>PUBLIC_URL</code>
          .
        </li>
      )}
      <li>
        Names of people are never hashed on the way to products: that is the protocol. TLS protects them.
      </li>
      <li>
        In the store they are encrypted
        {set.store === "embedded"
          ? "; the key for it lies in the same folder, so a copy of the folder holds both."
          : " with a key that is not in the database."}
      </li>
      <li>This console asks no other host for anything: fonts, icons and scripts come from this server.</li>
    </ul>
  );
}

function doorWords({ door, doorTls }: Network): string {
  if (doorTls) return `${doorTls} or newer`;
  return isEncrypted(door) ? "TLS by the proxy before it" : "None here: plain HTTP";
}

function isEncrypted(address: string): boolean {
  return address.startsWith("https:");
}
