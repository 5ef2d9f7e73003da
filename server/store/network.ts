import { connect } from "node:net";
import { env } from "./env";
import { isOwnMachine } from "./local-url";

const PRODUCT_API_MS = 500;

/** How this server is reached, according to the current settings; without the address of the store, and without secrets. */
export type Network = {
  /** The address for people and products. */
  address: string;
  /** The address of the product API. */
  door: string;
  consolePort: number;
  doorPort: number;
  /** The lowest version of TLS of the product API; null if it uses plain HTTP. */
  doorTls: string | null;
  /** Whether a proxy's header counts for the address of callers. */
  trustsProxy: boolean;
  store: "embedded" | "postgresql";
  sendsMail: boolean;
  sendsTraces: boolean;
  /** Whether webhooks may also reach networks that aren't public. */
  allowsNetworks: boolean;
};

export function network(): Network {
  const set = env();
  return {
    address: set.PUBLIC_URL,
    door: set.PUBLIC_DOOR_URL,
    consolePort: set.PORT,
    doorPort: set.PROTOCOL_PORT,
    doorTls: set.TLS_CERT ? set.TLS_MIN_VERSION.replace("TLSv", "TLS ") : null,
    trustsProxy: set.TRUST_PROXY,
    store: set.DATABASE_URL ? "postgresql" : "embedded",
    sendsMail: set.SMTP_URL !== undefined,
    sendsTraces: set.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    allowsNetworks: set.WEBHOOK_ALLOWED_NETWORKS.length > 0,
  };
}

/** Whether the console's address can be called from other machines. */
export function isKnownOutside({ address }: Network): boolean {
  return !isOwnMachine(address);
}

/** Whether something accepts connections at the product API's port now. */
export function productApiListens(): Promise<boolean> {
  const { HOST, PROTOCOL_PORT } = env();
  return new Promise((answer) => {
    const socket = connect({ host: HOST ?? "localhost", port: PROTOCOL_PORT, timeout: PRODUCT_API_MS });
    const end = (listens: boolean) => {
      socket.destroy();
      answer(listens);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
