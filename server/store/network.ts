import { connect } from "node:net";
import { env } from "./env";

const PRODUCT_API_MS = 500;

/** How this server is reached, as it is set at the moment; no address of the store, and no secret. */
export type Network = {
  /** What people and products see it under. */
  address: string;
  /** Where products call. */
  door: string;
  consolePort: number;
  doorPort: number;
  /** The lowest version of TLS at the door; null when the door speaks plain HTTP. */
  doorTls: string | null;
  /** Whether the word of a proxy counts on who calls. */
  trustsProxy: boolean;
  store: "embedded" | "postgresql";
  sendsMail: boolean;
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
  };
}

/** Whether the console is known under an address that other machines can call. */
export function isKnownOutside({ address }: Network): boolean {
  return !["localhost", "127.0.0.1", "[::1]"].includes(new URL(address).hostname);
}

/** Whether something takes connections at the door now. */
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
