import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { controlKey, isWeakControl, newControlNumber } from "@/domain/legacy/control-number";
import { Refusal } from "@/domain/refusals/refusal";
import type { ControlNumber } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents, sqlOnPrisma } from "@/server/audit/audit";
import { type DataKeys, dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { lockLicense } from "@/server/store/locks";
import { mac } from "@/server/store/secret";
import { store, type Tx } from "@/server/store/store";

/** Why a control number is no longer in use. */
export type ControlEnd = "revoked" | "rotated" | "migrated";

/** The state of a license's control number, its last one. Never the text. */
export type ControlState = {
  state: "none" | "open" | "closed";
  /** Whether it is so short that it can be guessed: only one from another system can be. */
  weak: boolean;
  created: Date | null;
  closed: Date | null;
  closedFor: ControlEnd | null;
  /** The key of a migration, and until when the migration can be undone. */
  migratedTo: string | null;
  undoUntil: Date | null;
  /** When so many retrievals failed within a day that somebody should look. */
  guessed: Date | null;
};

const BYTES = 12;
/** How long a migration can be undone. */
export const MIGRATION_UNDO_MS = 24 * 3_600_000;

const NONE: ControlState = {
  state: "none",
  weak: false,
  created: null,
  closed: null,
  closedFor: null,
  migratedTo: null,
  undoUntil: null,
  guessed: null,
};

export async function controlOf(license: string): Promise<ControlState> {
  const row = await lastControl(store().db, license);
  return row ? stateOf(row) : NONE;
}

/** Gives a license a new control number, and closes the previous one. The result has its text, and so does a later reveal. */
export async function createControl(license: string, actor: Actor, now: Date): Promise<string> {
  const control = newControlNumber(randomBytes(BYTES));
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const before = await lastControl(tx, license);
    if (before?.closedFor === "migrated") throw alreadyMigrated();
    if (before?.openFor) await closeControl(tx, before, "rotated", now);
    await addControl(tx, license, control, actor, now);
    const action = before?.openFor ? "control.rotated" : "control.issued";
    await recordEvents(tx, license, actor, now, [{ action, object: license }]);
  });
  return control;
}

/** Shows the control number again, and records that. Throws `NO_CONTROL` and `MIGRATED`. */
export async function revealControl(license: string, actor: Actor, now: Date): Promise<string> {
  const row = await lastControl(store().db, license);
  if (!row?.openFor || !row.sealed) throw notOpen(row);
  const { encryption } = await dataKeys(license);
  const control = decrypt(encryption, row.sealed, controlContext(row)).toString();
  await store().db.$transaction((tx) =>
    recordEvents(tx, license, actor, now, [{ action: "control.revealed", object: license }]),
  );
  return control;
}

/** Closes the control number: from now on it retrieves nothing. Throws `NO_CONTROL` and `MIGRATED`. */
export async function revokeControl(license: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    await closeControl(tx, await openControl(tx, license), "revoked", now);
    await recordEvents(tx, license, actor, now, [{ action: "control.revoked", object: license }]);
  });
}

async function addControl(tx: Tx, license: string, control: string, actor: Actor, now: Date): Promise<void> {
  const keys = await dataKeys(license, sqlOnPrisma(tx));
  await addControls(tx, [{ license, control, keys }], actor, now);
}

/** A control number to open, and the data keys of its license. */
type NewControl = { license: string; control: string; keys: DataKeys };

/** Adds open control numbers under the locks of their licenses, which the caller holds. */
export async function addControls(
  tx: Tx,
  controls: readonly NewControl[],
  actor: Actor,
  now: Date,
): Promise<void> {
  const installation = await dataKeys(INSTALLATION);
  const made = { createdAt: now, createdByKind: actor.kind, createdBy: actor.id };
  await tx.controlNumber.createMany({
    data: controls.map(({ license, control, keys: { encryption } }) => {
      const id = uuidv7();
      const sealed = encrypt(encryption, Buffer.from(control), controlContext({ id, license }));
      return {
        ...{ id, license, openFor: license, weak: isWeakControl(control), ...made },
        sealed: new Uint8Array(sealed),
        mac: new Uint8Array(controlMac(installation, license, control)),
      };
    }),
  });
}

/** The value by which control numbers are compared: an HMAC that differs from license to license. */
export function controlMac(keys: DataKeys, license: string, control: string): Buffer {
  return mac(keys.mac, `control|${license}|${controlKey(control)}`);
}

/** After a migration the text is kept as long as the migration can be undone. */
export async function closeControl(
  tx: Tx,
  { id }: Pick<ControlNumber, "id">,
  closedFor: ControlEnd,
  now: Date,
  migratedTo?: string,
): Promise<void> {
  const gone = closedFor === "migrated" ? {} : { sealed: null };
  await tx.controlNumber.update({
    where: { id },
    data: { openFor: null, closedAt: now, closedFor, migratedTo, ...gone },
  });
}

/** The control number in use. Throws `MIGRATED` if a migration closed the last one, otherwise `NO_CONTROL`. */
export async function openControl(tx: Tx, license: string): Promise<ControlNumber> {
  const row = await tx.controlNumber.findUnique({ where: { openFor: license } });
  if (!row) throw notOpen(await lastControl(tx, license));
  return row;
}

/** The open control number of a license, otherwise its last one. */
export function lastControl(tx: Pick<Tx, "controlNumber">, license: string): Promise<ControlNumber | null> {
  return tx.controlNumber.findFirst({
    where: { license },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

/** Deletes the text of control numbers whose migration can no longer be undone. */
export async function closeMigrations(now: Date): Promise<void> {
  await store().db.controlNumber.updateMany({
    where: { closedAt: { lt: new Date(now.getTime() - MIGRATION_UNDO_MS) }, sealed: { not: null } },
    data: { sealed: null },
  });
}

function stateOf({
  openFor,
  weak,
  createdAt,
  closedAt,
  closedFor,
  migratedTo,
  guessedAt,
}: ControlNumber): ControlState {
  const isMigrated = closedFor === "migrated" && closedAt !== null;
  return {
    state: openFor ? "open" : "closed",
    weak,
    created: createdAt,
    closed: closedAt,
    closedFor: closedFor as ControlEnd | null, // only `closeControl` writes this column
    migratedTo,
    undoUntil: isMigrated ? new Date(closedAt.getTime() + MIGRATION_UNDO_MS) : null,
    guessed: guessedAt,
  };
}

/** The context to which the encrypted text of a control number is bound. */
export const controlContext = ({ id, license }: Pick<ControlNumber, "id" | "license">) =>
  `control_number|sealed|${license}|${id}`;

function notOpen(last: ControlNumber | null): Refusal {
  if (last?.closedFor === "migrated") return alreadyMigrated();
  return new Refusal("NO_CONTROL", "No control number of the license is in use. Create one first.");
}

function alreadyMigrated(): Refusal {
  return new Refusal(
    "MIGRATED",
    "The license was already migrated to a signed license key, and its control number is closed. Use that key, or undo the migration within 24 hours of it to use the control number again.",
  );
}
