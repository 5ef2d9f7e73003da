/** The digits of Crockford's base 32: none looks like another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
const SHORTEST = 4;
const WEAK_BELOW = 8;
const LONGEST = 40;

/** A control number from random bytes, one for each of its 12 characters, written 4-4-4. */
export function newControlNumber(random: Uint8Array): string {
  if (random.length < LENGTH) throw new Error(`A control number needs ${LENGTH} random bytes.`);
  const characters = [...random.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return characters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** The form in which control numbers are compared: without case, spaces and hyphens. */
export function controlKey(text: string): string {
  return text.replace(/[\s\u00AD\u2010-\u2013-]/g, "").toUpperCase();
}

/** Why a control number of another system can't be imported; null if it can. */
export function whyNoControl(text: string): string | null {
  const { length } = controlKey(text);
  if (!/^[0-9A-Z]*$/.test(controlKey(text))) return "A control number can have only letters and digits.";
  if (length < SHORTEST) return `A control number needs at least ${SHORTEST} characters.`;
  return length > LONGEST ? `A control number can have at most ${LONGEST} characters.` : null;
}

/** Whether a control number is so short that it can be guessed. */
export function isWeakControl(text: string): boolean {
  return controlKey(text).length < WEAK_BELOW;
}
