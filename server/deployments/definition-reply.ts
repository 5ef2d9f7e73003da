import { CompactSign } from "jose";
import { epochScope } from "@/domain/assignments/sync";
import { isLeftOut, type WhenOffline, withoutMinutes } from "@/domain/leases/bounded-definition";
import { type Definition, definitionFor } from "@/domain/licenses/definition";
import type { Feature } from "@/domain/licenses/features";
import { leaseEnd, type ValidityStatus, validityStatus } from "@/domain/licenses/lease";
import { signerByKid } from "@/server/keys/signing-keys";
import { currentDefinition } from "@/server/licenses/definitions";
import type { AdmittedLicense } from "./admission";

/** The terms of the license for a deployment, and how long it may rely on them. */
export type DefinitionReply = {
  license: string;
  version: string;
  epoch: string;
  status: ValidityStatus;
  definition: Definition;
  settings: {
    autoAssignProfessional: boolean;
    autoAssignAnalyzer: boolean;
    subjectMatching: "folded" | "exact";
    whenOffline: WhenOffline;
  };
  sld: string;
  serverTime: string;
  latestValidTime: string;
  refreshAfter: number;
  syncEvery: number;
};

/** A license that admitted the caller, as the definition statements read it. */
export type DefinedLicense = AdmittedLicense & { epoch: string; active_kid: string };

const REFRESH_SECONDS = 86_400;
const SYNC_SECONDS = 600;

/**
 * The part of the reply that changes only with the license and with what the client understands; without the signed
 * definition.
 */
export async function licenseTerms(
  license: AdmittedLicense,
  product: string | null,
  features: readonly Feature[] | undefined,
  now: Date,
) {
  const whole = await currentDefinition(license.license, license.definition_id);
  const seen = definitionFor(whole, product);
  const definition = isLeftOut(license.when_offline, features) ? withoutMinutes(seen) : seen;
  const terms = { leaseDays: license.lease_days, graceDays: license.grace_days };
  return {
    definition,
    epochScope: epochScope(whole, product),
    status: validityStatus(whole.valid, now, license.grace_days),
    until: leaseEnd(whole.valid, now, terms),
  };
}

export type LicenseTerms = Awaited<ReturnType<typeof licenseTerms>>;

export async function definitionReply(
  license: DefinedLicense,
  terms: LicenseTerms,
  product: string | null,
  now: Date,
): Promise<DefinitionReply> {
  const sld = await signedDefinition(license, terms, product, now);
  return { ...unsignedReply(license, terms, now), sld };
}

/** The reply without the signed definition, on which products rely. */
export function unsignedReply(
  license: Omit<DefinedLicense, "active_kid">,
  { definition, epochScope: scope, status, until }: LicenseTerms,
  now: Date,
): Omit<DefinitionReply, "sld"> {
  return {
    license: license.license,
    version: license.license_version,
    epoch: `${license.epoch}${scope}`,
    status,
    definition,
    settings: settingsOf(license),
    serverTime: now.toISOString(),
    latestValidTime: until.toISOString(),
    refreshAfter: REFRESH_SECONDS,
    syncEvery: SYNC_SECONDS,
  };
}

export function settingsOf(license: AdmittedLicense): DefinitionReply["settings"] {
  return {
    autoAssignProfessional: license.auto_assign_professional,
    autoAssignAnalyzer: license.auto_assign_analyzer,
    subjectMatching: license.subject_matching,
    whenOffline: license.when_offline,
  };
}

/** The definition as a document that can be verified without a network until the lease ends: base64 JSON around a JWS. */
async function signedDefinition(
  license: DefinedLicense,
  { definition, until }: LicenseTerms,
  product: string | null,
  now: Date,
): Promise<string> {
  const { kid, privateKey } = await signerByKid(license.active_kid);
  const claims = {
    license: license.license,
    version: license.license_version,
    definition,
    ...(product ? { aud: product } : {}),
    iat: seconds(now),
    exp: seconds(until),
  };
  const jws = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "RS512", typ: "license-definition+jwt", kid })
    .sign(privateKey);
  return base64Json({ signedDef: { definition: base64Json(definition), jws } });
}

function base64Json(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64");
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
