import type { Prisma } from "@/prisma/client/client";

/** This many digits or more are searched anywhere in a number. */
const ANYWHERE = 4;

/**
 * Finds numbers by four digits or more anywhere in them, since people read out the end of a number; fewer digits
 * match the beginning.
 */
export function numberWhere(digits: string): Prisma.LicenseWhereInput {
  if (digits.length >= ANYWHERE) return { number: { contains: digits } };
  return { number: { gte: digits.padEnd(16, "0"), lte: digits.padEnd(16, "9") } };
}
