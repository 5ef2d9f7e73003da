import { connect } from "node:net";
import { env } from "./env";

const DOOR_MS = 500;

/** How this server is reached, as it is set at the moment; no address of the store, and no secret. */
export type Network = {
  /** What people and products see it under. */
  address: string;
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
  const { PUBLIC_URL, PORT, PROTOCOL_PORT, TLS_CERT, TLS_MIN_VERSION, TRUST_PROXY, DATABASE_URL, SMTP_URL } =
    env();
  return {
    address: PUBLIC_URL,
    consolePort: PORT,
    doorPort: PROTOCOL_PORT,
    doorTls: TLS_CERT ? TLS_MIN_VERSION.replace("TLSv", "TLS ") : null,
    trustsProxy: TRUST_PROXY,
    store: DATABASE_URL ? "postgresql" : "embedded",
    sendsMail: SMTP_URL !== undefined,
  };
}

/** Where products of the same network call: the host of the console, at the door. */
export function doorAddress({ address, doorPort, doorTls }: Network): string {
  return `${doorTls ? "https" : "http"}://${new URL(address).hostname}:${doorPort}`;
}

/** Whether the console is known under an address that other machines can call. */
export function isKnownOutside({ address }: Network): boolean {
  return !["localhost", "127.0.0.1", "[::1]"].includes(new URL(address).hostname);
}

/** Whether something takes connections at the door now. */
export function doorListens(): Promise<boolean> {
  const { HOST, PROTOCOL_PORT } = env();
  return new Promise((answer) => {
    const socket = connect({ host: HOST ?? "localhost", port: PROTOCOL_PORT, timeout: DOOR_MS });
    const end = (listens: boolean) => {
      socket.destroy();
      answer(listens);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
