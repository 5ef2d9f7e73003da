import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { isPublic, isWithin, type Network } from "@/domain/webhooks/networks";

const CONNECT_MS = 5000;
const KEEP_ALIVE_MS = 10_000;
/** So many host names are resolved at once: the system's resolver occupies a thread of the process for each. */
const LOOKUPS = 2;

type IsAllowed = (address: string) => boolean;

/** Resolves a host name to all its addresses, as the system's resolver does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

class AddressNotAllowed extends Error {
  readonly code = "ADDRESS_NOT_ALLOWED";
}

/**
 * Connects to public addresses by TLS, and to those in `networks` also without. A name is resolved once for each
 * connection, and the addresses that were checked are the ones that are connected to. It doesn't follow redirects.
 */
export function guardedAgent(networks: readonly Network[], resolve: Resolve = lookup): Agent {
  const withTls = guarded((address) => isPublic(address) || isWithin(address, networks), resolve);
  const withoutTls = guarded((address) => isWithin(address, networks), resolve);
  return new Agent({
    connect: (options, callback) => (options.protocol === "https:" ? withTls : withoutTls)(options, callback),
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
}

function guarded(isAllowed: IsAllowed, resolve: Resolve): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: checkedLookup(isAllowed, resolve) });
  return (options, callback) => {
    const { hostname } = options;
    // Nobody looks up an address that is written in the URL.
    if (isIP(hostname) && !isAllowed(hostname)) callback(new AddressNotAllowed(), null);
    else connect(options, callback);
  };
}

function checkedLookup(isAllowed: IsAllowed, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) =>
    inTurn((done) =>
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        done();
        const [first] = addresses ?? [];
        if (error) callback(error, "");
        else if (!first || !addresses.every(({ address }) => isAllowed(address)))
          callback(new AddressNotAllowed(), "");
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      }),
    );
}

let running = 0;
const waiting: (() => void)[] = [];

function inTurn(work: (done: () => void) => void): void {
  const begin = () => {
    running += 1;
    work(end);
  };
  const end = () => {
    running -= 1;
    waiting.shift()?.();
  };
  if (running < LOOKUPS) begin();
  else waiting.push(begin);
}
