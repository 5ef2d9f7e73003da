import { licenseDigits, parseLicenseNumber } from "@/domain/licenses/license-number";
import { SYSTEM } from "@/server/access/actor";
import { literal } from "@/server/store/cursor";
import { numberWhere } from "@/server/store/number-search";
import { store } from "@/server/store/store";

const MOST = 500;

/** The ids of people, programs and keys whose name contains the text, and the text itself, which may be an id. */
export async function actorsCalled(text: string): Promise<string[]> {
  const isSystem = SYSTEM.id.includes(text.toLowerCase());
  return [text, ...(isSystem ? [SYSTEM.id] : []), ...(await idsCalled(text))];
}

/** The ids of objects whose name contains the text; a license is also found by a part of its number. */
export async function objectsCalled(text: string): Promise<string[]> {
  const { db } = store();
  const name = containing(text);
  const [ids, numbers, customers, deployments] = await Promise.all([
    idsCalled(text),
    numbersLike(text),
    db.customer.findMany({ where: { name }, select: { id: true }, take: MOST }),
    db.deployment.findMany({ where: { name }, select: { source: true }, take: MOST }),
  ]);
  return [
    text,
    ...numbers,
    ...ids,
    ...customers.map(({ id }) => id),
    ...deployments.map(({ source }) => source),
  ];
}

async function numbersLike(text: string): Promise<string[]> {
  const digits = licenseDigits(text);
  if (!digits) return [];
  const where = numberWhere(digits);
  const rows = await store().db.license.findMany({ where, select: { number: true }, take: MOST });
  const whole = parseLicenseNumber(text); // the audit of a deleted license stays
  return [...(whole ? [whole] : []), ...rows.map(({ number }) => number)];
}

async function idsCalled(text: string): Promise<string[]> {
  const { db } = store();
  const name = containing(text);
  const [users, tokens, keys] = await Promise.all([
    db.user.findMany({ where: { name }, select: { id: true }, take: MOST }),
    db.apiToken.findMany({ where: { name }, select: { id: true }, take: MOST }),
    db.signedKey.findMany({ where: { label: name }, select: { jti: true }, take: MOST }),
  ]);
  return [...[...users, ...tokens].map(({ id }) => id), ...keys.map(({ jti }) => jti)];
}

function containing(text: string) {
  return { contains: literal(text), mode: "insensitive" } as const;
}
