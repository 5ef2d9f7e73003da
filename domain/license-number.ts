/** Reads 16 digits, with spaces (also no-break and thin ones) as people write and paste them; null for anything else. */
export function parseLicenseNumber(text: string): string | null {
  const number = text.replace(/[ \u00A0\u2007\u2009\u202F]/g, "");
  return /^[0-9]{16}$/.test(number) ? number : null;
}

/** `9999000000001253` as `9999 0000 0000 1253`. */
export function formatLicenseNumber(number: string): string {
  return number.replace(/([0-9]{4})(?=[0-9])/g, "$1 ");
}
