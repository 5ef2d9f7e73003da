import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { atEnd } from "./cleanup";
import type { Settings } from "./stores";

const QUERY = "Q".charCodeAt(0);
const SYNC = "S".charCodeAt(0);
const HEADER = 5;

/** A connection to PostgreSQL on which every round trip is counted. */
export type CountedRoute = { settings: Settings; count(): number };

/** Listens in front of PostgreSQL and passes everything on unchanged. */
export async function countRoundTrips(settings: Settings): Promise<CountedRoute> {
  const url = new URL(settings.DATABASE_URL ?? "");
  const place = { port: Number(url.port), host: url.hostname, noDelay: true };
  let trips = 0;
  const server = createServer((client) => {
    const store = connect(place);
    const see = tripsIn();
    client.on("data", (chunk) => {
      trips += see(chunk);
    });
    client.setNoDelay().pipe(store).pipe(client);
    client.on("error", () => store.destroy());
    store.on("error", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atEnd(async () => server.close());
  // A server that listens on TCP has such an address.
  url.port = String((server.address() as AddressInfo).port);
  return { settings: { ...settings, DATABASE_URL: url.href }, count: () => trips };
}

/** Counts the messages of one connection that wait for a response: Sync and simple Query. The first message has no type. */
function tripsIn(): (chunk: Buffer) => number {
  let rest = Buffer.alloc(0);
  let header = HEADER - 1;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    let trips = 0;
    while (rest.length >= header) {
      const length = header - 4 + rest.readInt32BE(header - 4);
      if (rest.length < length) break;
      if (header === HEADER && (rest[0] === QUERY || rest[0] === SYNC)) trips += 1;
      rest = rest.subarray(length);
      header = HEADER;
    }
    return trips;
  };
}
