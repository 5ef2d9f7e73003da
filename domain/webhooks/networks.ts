import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network as address and prefix length, such as 10.20.0.0/16. */
export type Network = [address: Address, bits: number];

/** The only IPv6 addresses that are assigned for the internet (RFC 4291, 2.4). */
const GLOBAL_IPV6: Network = ipaddr.parseCIDR("2000::/3");
/** The only NAT64 prefix by which the whole internet reaches IPv4 (RFC 6052, 2.1); others belong to one network. */
const NAT64: Network = ipaddr.parseCIDR("64:ff9b::/96");
/** Public addresses at which cloud providers serve their machines' secrets. */
const METADATA: readonly string[] = ["168.63.129.16"];

/** Reads a list of networks; throws an error that names the first wrong one. A lone address is a network of its own. */
export function parseNetworks(text: string): Network[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(parseNetwork);
}

function parseNetwork(text: string): Network {
  try {
    if (text.includes("/")) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch {
    throw new Error(`"${text}" isn't a network like 10.20.0.0/16`);
  }
}

export function isAddress(text: string): boolean {
  return addressOf(text) !== null;
}

/** Whether an address lies in one of the networks. An IPv4 address inside an IPv6 one counts as what it is. */
export function isWithin(address: string, networks: readonly Network[]): boolean {
  const parsed = addressOf(address);
  if (!parsed) return false;
  return networks.some(([net, bits]) => net.kind() === parsed.kind() && parsed.match(net, bits));
}

/**
 * Whether an address is public: neither private, loopback, link-local, multicast, reserved, nor an IPv4 address in
 * disguise, nor where a cloud provider serves secrets. NAT64 addresses count as the IPv4 address inside.
 */
export function isPublic(address: string): boolean {
  const parsed = addressOf(address);
  if (!parsed) return false;
  if (parsed.kind() === "ipv6" && !parsed.match(...GLOBAL_IPV6)) return false;
  return parsed.range() === "unicast" && !METADATA.includes(parsed.toString());
}

/** The address, without a zone; NAT64 (RFC 6052) as its IPv4 address, because networks with IPv6 alone reach IPv4 by it. */
function addressOf(text: string): Address | null {
  const [plain = ""] = text.split("%");
  if (!ipaddr.IPv4.isValidFourPartDecimal(plain) && !ipaddr.IPv6.isValid(plain)) return null;
  const parsed = ipaddr.parse(plain);
  if (parsed.kind() === "ipv6" && parsed.match(...NAT64))
    return ipaddr.fromByteArray(parsed.toByteArray().slice(12));
  return parsed;
}
