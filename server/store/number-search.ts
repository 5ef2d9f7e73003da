import type { Prisma } from "@/prisma/client/client";

/** So many digits in a row are looked for anywhere in a number. */
const ANYWHERE = 4;

/** By four digits or more somewhere in them, as people read out the end of a number; fewer are its beginning. */
export function numberWhere(digits: string): Prisma.LicenseWhereInput {
  if (digits.length >= ANYWHERE) return { number: { contains: digits } };
  return { number: { gte: digits.padEnd(16, "0"), lte: digits.padEnd(16, "9") } };
}
