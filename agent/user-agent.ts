import { parseUserAgent } from "@/domain/user-agent";
import { version } from "@/package.json";

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { win32: "windows", darwin: "macos" };

/** How this agent names itself: `Licenses/0.1.0 (linux) QSEfW`. */
export function userAgentOf(product: string): string {
  const userAgent = `Licenses/${version} (${SYSTEMS[process.platform] ?? process.platform}) ${product}`;
  if (parseUserAgent(userAgent)) return userAgent;
  throw new Error(`${product} isn't a product code. Use only letters, digits, - and _.`);
}
