/**
 * Separators that people write and paste between digits: spaces, including no-break and thin ones, and hyphens,
 * including soft, no-break and long ones.
 */
const BETWEEN = /[ \u00A0\u2007\u2009\u202F\u00AD\u2010-\u2013-]/g;

/** Reads 16 digits, with spaces and hyphens as people write and paste them; null for anything else. */
export function parseLicenseNumber(text: string): string | null {
  const number = text.replace(BETWEEN, "");
  return /^[0-9]{16}$/.test(number) ? number : null;
}

/**
 * The digits of a text that can be part of a license number, in any form that a whole number can have; null for other
 * texts.
 */
export function licenseDigits(text: string): string | null {
  const digits = text.trim().replace(BETWEEN, "");
  return /^[0-9]{1,16}$/.test(digits) ? digits : null;
}

/** `9999000000001253` as `9999 0000 0000 1253`. */
export function formatLicenseNumber(number: string): string {
  return number.replace(/([0-9]{4})(?=[0-9])/g, "$1 ");
}
