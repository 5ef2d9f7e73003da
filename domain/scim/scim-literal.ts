const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g;
const PLAIN = new Set(['"', "\\", "/"]);
const CONTROL = /\p{Cc}/u;

/**
 * The text of a string literal, which is written as in JSON (RFC 8259): `\\` is a backslash, `\"` a quote. No value that
 * is filtered has a control character, so an escape of one is read as it stands: "ACME\bob" names ACME\bob, not a
 * backspace. An escape that JSON doesn't have is read as it stands too.
 */
export function literalOf(raw: string): string {
  return raw.replace(ESCAPE, (written: string, code: string | undefined, sign: string | undefined) => {
    const meant = code === undefined ? sign : String.fromCharCode(Number.parseInt(code, 16));
    const isMeant = code === undefined ? PLAIN.has(sign ?? "") : !CONTROL.test(meant ?? "");
    return isMeant ? (meant ?? written) : written;
  });
}
