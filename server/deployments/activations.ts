import { createHash } from "node:crypto";
import { isLeftOut } from "@/domain/leases/bounded-definition";
import { Refusal } from "@/domain/refusals/refusal";
import { appendEvents } from "@/server/audit/audit";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { throughRestores } from "@/server/restores/restores";
import { LOCK_LOG_HEAD } from "@/server/store/locks";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { type Admission, admit, type Caller } from "./admission";
import { callRow, callStatement, callValues } from "./call-statement";
import {
  type DefinedLicense,
  type DefinitionReply,
  definitionReply,
  licenseTerms,
  settingsOf,
} from "./definition-reply";
import { askForDualUse } from "./dual-use-asking";
import { noteSuspicions, type Track } from "./suspicions";

export type Cause = "Initial" | "Update";

type DefinedRow = Admission & DefinedLicense & Track;

/** Admits a caller to its license and records the deployment: at once when it activates, otherwise at most once a minute. */
const readLicense = (name: string, known?: string) =>
  callStatement(name, {
    calls: callRow({ cause: "text", features: "text[]" }),
    columns: ["r.epoch", "(SELECT kid FROM signing_key WHERE status = 'active') AS active_kid"],
    joins: "LEFT JOIN roster r ON r.license = l.number",
    stamp: "last_seen",
    known,
    facts: ["cause", "features"],
    result: "SELECT * FROM call",
  });

const ACTIVATE = readLicense("license_activate", "false");
const READ = readLicense("license_read");

/**
 * A deployment enters its key (`Initial`) or comes back with it (`Update`): it receives its entitlements, and the
 * audit records it.
 */
export async function activate(caller: Caller, cause: Cause, now: Date): Promise<DefinitionReply> {
  const license = await throughRestores(now, () => recordActivation(caller, cause, now));
  if (license instanceof Refusal) throw license;
  const terms = await licenseTerms(license, license.scope, caller.features, now);
  return definitionReply(license, terms, license.scope, now);
}

/** A refusal is returned, not thrown, if it leaves a request behind. */
function recordActivation(caller: Caller, cause: Cause, now: Date): Promise<DefinedRow | Refusal> {
  return store().sql.transaction(async (tx) => {
    await tx.query(LOCK_LOG_HEAD, [caller.key.license]);
    const admittedLicense = await admitted(tx, ACTIVATE, caller, cause, now).catch((error: unknown) =>
      askForDualUse(tx, caller, error, now),
    );
    if (admittedLicense instanceof Refusal) return admittedLicense;
    const actor = { kind: "product" as const, id: caller.key.jti, address: caller.address ?? undefined };
    const { source, product, version, os } = caller;
    const details = { cause, source, product, version, os };
    await appendEvents(tx, admittedLicense.license, actor, now, [
      { action: "deployment.activated", object: source ?? caller.key.jti, details },
    ]);
    return admittedLicense;
  });
}

export type CurrentDefinition = { etag: string; validUntil: Date; reply: () => Promise<DefinitionReply> };

/**
 * The current definition. `etag` changes with everything in the reply except times; the reply itself is signed only
 * on demand. Each call renews the lease.
 */
export async function readDefinition(caller: Caller, now: Date): Promise<CurrentDefinition> {
  const license = await readLicenseOf(caller, now);
  const terms = await licenseTerms(license, license.scope, caller.features, now);
  const told = [
    license.license_version,
    terms.status,
    settingsOf(license),
    isLeftOut(license.when_offline, caller.features),
    license.products,
    license.scope,
    license.active_kid,
    license.epoch,
  ];
  const etag = createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, 27);
  return { etag, validUntil: terms.until, reply: () => definitionReply(license, terms, license.scope, now) };
}

/** A signed definition for a deployment without a network. Throws `INVALID_USER_AGENT` if no product is known. */
export async function readPortableDefinition(
  caller: Caller,
  now: Date,
): Promise<{ license: string; sld: string }> {
  const { license, scope: product } = await readLicenseOf(caller, now);
  if (product === null) throw unknownProduct();
  const actor = { kind: "product" as const, id: caller.key.jti, address: caller.address ?? undefined };
  const { sld } = await issueCheckout(license, { product, source: caller.source }, actor, now);
  return { license, sld };
}

function unknownProduct(): Refusal {
  return new Refusal(
    "INVALID_USER_AGENT",
    "A signed definition is for one product. Send a user agent such as `Licenses/1.6.4 (windows) QSEfW`.",
  );
}

function readLicenseOf(caller: Caller, now: Date): Promise<DefinedRow> {
  return throughRestores(now, () => admitted(store().sql, READ, caller, null, now));
}

async function admitted(
  sql: Pick<Sql, "query">,
  statement: typeof READ,
  caller: Caller,
  cause: Cause | null,
  now: Date,
) {
  const values = [...callValues(caller, now), cause, caller.features ?? null];
  const [found] = await sql.query<DefinedRow>(statement, values);
  const row = admit(found);
  await noteSuspicions(sql, caller, row, {}, now);
  return row;
}
