import { SYSTEM } from "@/server/access/actor";
import { issueCheckout, type NewCheckout } from "@/server/checkouts/checkout-issue";
import { NOW } from "./test-licenses";

/** Issues a signed definition of a license, with the wanted options. */
export function issue(number: string, wanted: Partial<NewCheckout> = {}, now = NOW) {
  return issueCheckout(number, { product: "QSEfW", ...wanted }, SYSTEM, now);
}

/** The claims of a signed definition, unverified. */
export function decoded(sld: string) {
  const { signedDef } = JSON.parse(Buffer.from(sld, "base64").toString());
  const [header, payload] = signedDef.jws.split(".").slice(0, 2);
  const json = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString());
  return {
    jws: String(signedDef.jws),
    header: json(header),
    claims: json(payload),
    definition: JSON.parse(Buffer.from(signedDef.definition, "base64").toString()),
  };
}
