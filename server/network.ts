import { env } from "./env";

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
};

export function network(): Network {
  const { PUBLIC_URL, PORT, PROTOCOL_PORT, TLS_CERT, TLS_MIN_VERSION, TRUST_PROXY, DATABASE_URL } = env();
  return {
    address: PUBLIC_URL,
    consolePort: PORT,
    doorPort: PROTOCOL_PORT,
    doorTls: TLS_CERT ? TLS_MIN_VERSION.replace("TLSv", "TLS ") : null,
    trustsProxy: TRUST_PROXY,
    store: DATABASE_URL ? "postgresql" : "embedded",
  };
}
