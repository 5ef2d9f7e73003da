import { parseLicenseNumber } from "@/domain/licenses/license-number";

/** Invisible characters that come along from mails, chats and PDF: format characters and blank letters. */
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** The marks that a mail program puts before each line that it quotes. */
const QUOTED = /^[^\S\n]*(?:[>|][^\S\n]*)+/gm;
/** A line break in quoted-printable mail. */
const SOFT_BREAK = /=\r?\n/g;
/** A line break written out, as JSON and shells show it. */
const WRITTEN_BREAK = /\\[rn]/g;
const LINE_BREAK = /\r\n?|[\n\u0085\u2028\u2029]/g;
/** Quotes, brackets around addresses, and the backslash that continues a line in a shell. */
const AROUND = /[\s"'`´‘’‚‛“”„‟«»‹›<>\\]/g;
const BLANK_LINE = /\n[^\S\n]*\n/;
/** Hyphens that word processors put in place of `-`, and dashes in place of two. */
const HYPHEN = /[\u2010-\u2013\u2212\uFE63\uFF0D]/g;
const DASH = /\u2014/g;

const THREE_PARTS = /(eyJ[\w-]*)\.([\w-]+)\.([\w-]+)/;
/** Lengths of RSA signatures in base64url: 3072 bits, which Signet issues, then 2048 and 4096. */
const SIGNATURE = 512;
const SIGNATURES = [SIGNATURE, 342, 683];
const LEF_LINE = /^[A-Z][A-Z_]*;[^;\n]*;/m;

/**
 * The license key in a pasted text, without line breaks, quotes, mail marks, prefixes (`SLK:`, `Bearer`) and
 * invisible characters around and in it; null if there is none. For paste fields only: the wire is strict.
 */
export function keyTextIn(pasted: string): string | null {
  const text = readable(pasted);
  const found = [text, ...text.split(BLANK_LINE)].flatMap(candidatesIn);
  return found.find(isWholeKey) ?? found[0] ?? null;
}

/** Whether the last part of a key has the length of a signature. */
export function isWholeKey(key: string): boolean {
  return SIGNATURES.includes(key.length - key.lastIndexOf(".") - 1);
}

/** Why a pasted text has no usable key: a sentence with what to do, without any part of the text. */
export function whyNoKey(pasted: string): string {
  const text = readable(pasted).trim();
  if (text === "") return "Paste the signed license key: one long text that begins with eyJ.";
  if (LEF_LINE.test(text))
    return "This is a license enabler file (LEF), not a signed license key. Ask the vendor for the signed license key of this license.";
  if (parseLicenseNumber(text.replace(/-/g, "")))
    return "This is a license number, not a signed license key. Ask the vendor for the key: one long text that begins with eyJ.";
  if (/^sgn_/.test(text))
    return "This is an API token, not a signed license key. A key is one long text that begins with eyJ.";
  if (text.includes("eyJ"))
    return "This license key is incomplete or was altered. Copy it again, from eyJ to its last character.";
  return "This isn't a signed license key. A key is one long text in three parts separated by dots, and begins with eyJ. Copy all of it, as the vendor sent it.";
}

function readable(pasted: string): string {
  return pasted
    .replace(SOFT_BREAK, "")
    .replace(WRITTEN_BREAK, "\n")
    .replace(LINE_BREAK, "\n")
    .replace(INVISIBLE, (char) => (char === "\n" || char === "\t" ? char : ""))
    .replace(QUOTED, "")
    .replace(HYPHEN, "-")
    .replace(DASH, "--");
}

/** The key that a text reads as without breaks and quotes, with and without the words after it. */
function candidatesIn(text: string): string[] {
  const [, head, body, signature = ""] = THREE_PARTS.exec(text.replace(AROUND, "")) ?? [];
  if (!head) return [];
  const signatures = signature.length > SIGNATURE ? [signature, signature.slice(0, SIGNATURE)] : [signature];
  return signatures.map((each) => `${head}.${body}.${each}`);
}
