import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { offerDualUse } from "@/server/dual-use/dual-use-offers";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { jsonWebKeySet } from "@/server/keys/signing-keys";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { openStore } from "@/server/store/store";
import { envOf } from "./server";
import { type AllotmentTerms, keyOf } from "./terms";

/** The license of a run, its key, and the signed definition of its deployment without a network. */
export type Issued = { license: string; key: string; sld: string; jwks: string };

type Size = { deployments: number; hours: number };

/** The product of deployments that an admin has to accept first. */
export const GUEST_PRODUCT = "QV";
const PRODUCT = "QSEfW";
/** The longest block in which minutes are charged. */
export const BLOCK = 6;

/** Issues everything in the store that `settings` names, and leaves it open. */
export async function issue(
  settings: Record<string, string>,
  definition: Definition,
  { isBounded, offlineSource: source }: { isBounded: boolean; offlineSource: string },
  now: Date,
): Promise<Issued> {
  await openStore(envOf(settings));
  await prepareInstallation(now);
  const whenOffline: "bounded" | "optimistic" = isBounded ? "bounded" : "optimistic";
  const given = { autoAssignProfessional: true, autoAssignAnalyzer: true, whenOffline };
  const wanted = { customer: "Simulation", ...definition, products: [PRODUCT], settings: given };
  const { number: license } = await createLicense(wanted, SYSTEM, now);
  const { key } = await issueLicenseKey(license, "simulation", SYSTEM, now);
  const offer = { products: [GUEST_PRODUCT], deployments: null, until: null, note: "" };
  await offerDualUse(license, offer, SYSTEM, now);
  const { sld } = await issueCheckout(license, { product: PRODUCT, source, shares: null }, SYSTEM, now);
  return { license, key, sld, jwks: JSON.stringify(await jsonWebKeySet()) };
}

/** Few seats and minutes, so that both run out. */
export function definitionOf({ deployments, hours }: Size, hasOverage: boolean): Definition {
  const minutes = { ...allotment("analyzer_time", "time", deployments * hours * 2, "analyzer") };
  const allotments = [
    allotment("professional", "assigned", deployments),
    allotment("analyzer", "assigned", deployments),
    hasOverage ? { ...minutes, overage: deployments * hours } : minutes,
  ];
  return { product: PRODUCT, valid: "", trial: false, allotments, parameters: [] };
}

function allotment(name: string, usage: "assigned" | "time", count: number, accessType = name) {
  const minimum = usage === "time" ? BLOCK : 1;
  return {
    name,
    usage: { class: usage, minimum },
    provisions: [{ accessType }],
    units: [{ count, valid: "" }],
  };
}

export function termsOf({ allotments }: Definition): Map<string, AllotmentTerms> {
  return new Map(
    allotments.map(({ name, usage, units, overage }) => [
      keyOf(name),
      {
        isTime: usage.class === "time",
        units: units[0]?.count ?? 0,
        overage: Number(overage ?? 0),
        block: usage.minimum,
      },
    ]),
  );
}
