import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { principal } from "@/server/identity/session";
import { type Network, network } from "@/server/store/network";
import styles from "./network.module.css";

export const metadata: Metadata = { title: "Network" };

const PORT: Column = { name: "Port", width: "110px" };
const CALLER: Column = { name: "Callers", width: "24%" };
const SERVES: Column = { name: "Serves" };
const CLEAR: Column = { name: "Encryption", width: "30%" };

/** Ports, proxies, outgoing requests and unencrypted data of this server, for the people who configure firewalls. */
export default async function NetworkPage() {
  await principal();
  const set = network();
  return (
    <>
      <PageHead title="Network" />
      <Section
        title="Ports of this server"
        id="ports"
        hint="The current configuration. No other ports are open."
      >
        <Ports set={set} />
      </Section>
      <Section title="Requirements for products" id="products">
        <Products set={set} />
      </Section>
      <Section title="Requests from this server" id="outgoing">
        <Outgoing set={set} />
      </Section>
      <Section title="Unencrypted traffic" id="clear">
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
        <Cell of={CLEAR}>
          {isEncrypted(set.address) ? "TLS by the proxy in front of it" : "None: plain HTTP"}
        </Cell>
      </tr>
      <tr>
        <RowName>{set.doorPort}</RowName>
        <Cell of={CALLER}>Products, with their license key</Cell>
        <Cell of={SERVES}>
          <span>
            <code>/v1</code>, public keys, health. Open only this port to products
          </span>
        </Cell>
        <Cell of={CLEAR}>{productApiLabel(set)}</Cell>
      </tr>
    </Table>
  );
}

function Products({ set }: { set: Network }) {
  return (
    <ul className={styles.facts}>
      <li>
        Outbound TCP from each deployment to <code>{set.door}</code>, which leads to port {set.doorPort} of
        this server. To use another address, set <code>PUBLIC_DOOR_URL</code>. No inbound connections to a
        deployment are needed.
      </li>
      <li>
        Behind a proxy: start the agent with <code>--proxy http://user:password@proxy:8080</code>. If the
        proxy inspects TLS, give its certificate in <code>--ca</code>.
      </li>
      <li>
        Without a network: a product takes the signed definition as a file. If the network fails, it keeps
        working until its lease ends.
      </li>
      <li>
        {set.trustsProxy
          ? "Caller addresses are read from X-Forwarded-For, because TRUST_PROXY is set."
          : "Caller addresses are those of the connection. Behind a proxy, set TRUST_PROXY; otherwise all calls seem to come from the proxy."}
      </li>
    </ul>
  );
}

function Outgoing({ set }: { set: Network }) {
  return (
    <ul className={styles.facts}>
      <li>
        Webhooks, and alerts to Slack and Teams: to the URLs entered in this console, by HTTPS, at public
        addresses
        {set.allowsNetworks ? " and in the networks that " : " only. For receivers in your network, set "}
        <code>WEBHOOK_ALLOWED_NETWORKS</code>
        {set.allowsNetworks ? " lists, there also without TLS" : ""}. They don't use a proxy.
      </li>
      <li>
        E-mail: {set.sendsMail ? "to the mail server in " : "none. To send it, set "}
        <code>SMTP_URL</code>.
      </li>
      <li>
        Traces: {set.sendsTraces ? "to the collector in " : "none. To send them, set "}
        <code>OTEL_EXPORTER_OTLP_ENDPOINT</code>.
      </li>
      {set.store === "postgresql" ? (
        <li>
          The database: to PostgreSQL at the address in <code>DATABASE_URL</code>.
        </li>
      ) : null}
    </ul>
  );
}

function Clear({ set }: { set: Network }) {
  return (
    <ul className={styles.facts}>
      {isEncrypted(set.door) ? null : (
        <li>
          The product API has no certificate of its own. Without a TLS proxy in front of it, license keys and
          user names can be read in transit. Set <code>TLS_CERT</code> and <code>TLS_KEY</code>, or use a TLS
          proxy and set <code>PUBLIC_DOOR_URL</code> to its address.
        </li>
      )}
      {isEncrypted(set.address) ? null : (
        <li>
          The console's address is {set.address}. Passwords and sessions are sent unencrypted between browser
          and server. Beyond this machine, use a TLS proxy and an https address in <code>PUBLIC_URL</code>.
        </li>
      )}
      <li>The protocol sends user names to products unhashed. TLS protects them.</li>
      <li>
        In the store, user names are encrypted
        {set.store === "embedded"
          ? ". The key is in the same folder, so a copy of the folder has both."
          : " with a key that isn't in the database."}
      </li>
      <li>
        Pages of this console load nothing from other hosts: fonts, icons and scripts come from this server.
      </li>
    </ul>
  );
}

function productApiLabel({ door, doorTls }: Network): string {
  if (doorTls) return `${doorTls} or newer`;
  return isEncrypted(door) ? "TLS by the proxy in front of it" : "None here: plain HTTP";
}

function isEncrypted(address: string): boolean {
  return address.startsWith("https:");
}
