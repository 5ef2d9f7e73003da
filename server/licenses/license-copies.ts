import { nothingHere } from "@/domain/refusals/refusal";
import { type Actor, SYSTEM } from "@/server/access/actor";
import { issueLicenseKey, revealLicenseKey } from "@/server/keys/license-keys";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { removeLicense } from "./license-removal";
import { createLicense, licenseByNumber } from "./licenses";

/** A temporary copy of a license. It is in no list, count or audit, and only its owner may use it. */
export type LicenseCopy = { number: string; ends: Date };

const LIFE_MS = 15 * 60_000;

/**
 * Copies content and settings, without usage or users, and issues a key of the copy, for the server alone. Removes an
 * earlier copy that the same person made of the license.
 */
export async function copyLicense(of: string, maker: Actor, now: Date): Promise<LicenseCopy> {
  const { customer, products, definition, settings, status } = await licenseByNumber(of, now);
  await removeCopiesOf(of, maker.id);
  const copyEnds = new Date(now.getTime() + LIFE_MS);
  const mark = { copyOf: of, copiedBy: maker.id, copyEnds };
  const wanted = { ...definition, customer: customer.id, products, settings };
  const { number } = await createLicense(wanted, SYSTEM, now, mark);
  await issueLicenseKey(number, "", SYSTEM, now);
  // Only now: a revoked license gets no key, and a copy shows how its products are refused.
  await store().db.license.update({ where: { number }, data: { status } });
  return { number, ends: copyEnds };
}

/** The key of a copy, for its owner: each use extends the copy. */
export async function keyOfCopy(number: string, of: string, maker: Actor, now: Date): Promise<string> {
  const { count } = await store().db.license.updateMany({
    where: { number, copyOf: of, copiedBy: maker.id },
    data: { copyEnds: new Date(now.getTime() + LIFE_MS) },
  });
  const row = await store().db.signedKey.findFirst({ where: { licenseNumber: number } });
  if (count === 0 || !row) throw nothingHere();
  return (await revealLicenseKey(row.jti, SYSTEM, now)).key;
}

/** Removes the copies that one person made of a license. */
export async function removeCopiesOf(of: string, maker: string): Promise<void> {
  await removeWhere({ copyOf: of, copiedBy: maker });
}

/** Removes the copies whose time is over, because their owners left without ending them. */
export async function removeEndedCopies(now: Date): Promise<void> {
  await removeWhere({ copyEnds: { lte: now } });
}

async function removeWhere(where: object): Promise<void> {
  const copies = await store().db.license.findMany({
    where: { AND: [where, { copyOf: { not: null } }] },
    select: { number: true },
  });
  for (const { number } of copies)
    await store().db.$transaction(async (tx) => {
      if (!(await isThere(tx, number))) return;
      await removeLicense(tx, number);
      await tx.dataKey.deleteMany({ where: { scope: number } });
    });
}

/**
 * Whether the copy still exists, under its lock, so that no request of its own is still writing; another replica may
 * have been first.
 */
async function isThere(tx: Tx, number: string): Promise<boolean> {
  if ((await tx.roster.count({ where: { license: number } })) === 0) return false;
  await lockLicense(tx, number);
  return true;
}
