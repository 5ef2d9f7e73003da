export type UserAgent = { version: string; os: string; product: string };

const LONGEST = 200;
const SEMVER = String.raw`\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`;
const OS = "[!-'*-~][ -'*-~]*"; // printable ASCII without parentheses
const PRODUCT = "[A-Za-z0-9_-]{1,40}";
const USER_AGENT = new RegExp(String.raw`^Licenses/(${SEMVER}) \((${OS})\) (${PRODUCT})$`);

/** The product code in a user agent; a product with any other code could never call. */
export const PRODUCT_CODE: RegExp = new RegExp(`^${PRODUCT}$`);

/** Reads `Licenses/<semver> (<os>) <product>`, at most 200 characters; null for anything else. */
export function parseUserAgent(text: string): UserAgent | null {
  if (text.length > LONGEST) return null;
  const [, version, os, product] = USER_AGENT.exec(text) ?? [];
  return version && os && product ? { version, os, product } : null;
}
