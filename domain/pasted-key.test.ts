import fc from "fast-check";
import { expect, test } from "vitest";
import { isWholeKey, keyTextIn, whyNoKey } from "./pasted-key";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const HEAD = part({ alg: "RS512", typ: "JWT", kid: "a337ad17-9587-4ca9-93b7-0b2b9e3e9b48" });
const BODY = part({ jti: "623aa9af-950f-47f7-8bf0-f4d39f42d96c", license: "9999000000001253" });
/** A signature with both characters of base64url that text programs change, and an `eyJ` inside. */
const SIGNATURE = "aB-_9eyJ".repeat(64);
const KEY = `${HEAD}.${BODY}.${SIGNATURE}`;
const lines = (join: string, width = 76) => KEY.match(new RegExp(`.{1,${width}}`, "g"))?.join(join) ?? "";

test.each([
  ["as it is", KEY],
  ["white space around it", ` \t${KEY}\r\n\r\n`],
  ["lines of a mail", lines("\r\n")],
  ["lines of an old Mac", lines("\r")],
  ["line separators", lines("\u2028")],
  ["blank lines between the pages of a PDF", lines("\n\n", 400)],
  ["lines and indents", lines("\n   \t")],
  ["a quoted mail", `> ${lines("\n> ")}`],
  ["a mail quoted twice", `>> ${lines("\n> > ")}`],
  ["a mail quoted by lines", `| ${lines("\n| ")}`],
  ["a mail's source", lines("=\r\n")],
  ["shell lines", lines("\\\n")],
  ["line breaks written out", lines("\\n")],
  ["double quotes", `"${KEY}"`],
  ["single quotes", `'${KEY}'`],
  ["typographic quotes", `“${KEY}”`],
  ["low quotes", `„${KEY}“`],
  ["a code mark", `\`\`\`\n${KEY}\n\`\`\``],
  ["angle brackets", `<${KEY}>`],
  ["JSON", `{"key": "${KEY}"}`],
  ["a prefix", `SLK:${KEY}`],
  ["a prefix in small letters", `slk: ${KEY}`],
  ["a header", `Authorization: Bearer ${KEY}`],
  ["a scheme", `bearer ${KEY}`],
  ["a setting", `SIGNET_KEY=${KEY}`],
  ["a full stop behind it", `Your key is ${KEY}.`],
  ["a comma behind it", `${KEY}, keep it safe`],
  ["a mail around it", `Dear Ann,\n\nhere is your key:\n\n${lines("\n")}\n\nBest regards\nBob`],
  ["a mail around it without blank lines", `Dear Ann, here is your key:\n${lines("\n")}\nBest regards`],
  ["a byte order mark", `\uFEFF${KEY}`],
  ["zero-width spaces", lines("\u200B")],
  ["soft hyphens", lines("\u00AD")],
  ["word joiners and direction marks", `\u202A${lines("\u2060")}\u202C`],
  ["no-break and thin spaces", `\u00A0${lines("\u2009")}\u202F`],
  ["typographic hyphens", KEY.replaceAll("-", "\u2011")],
  ["dashes", KEY.replaceAll("-", "\u2013")],
])("a key is found in %s", (_, pasted) => expect(keyTextIn(pasted)).toBe(KEY));

test("a paragraph after a shorter key isn't part of the key", () => {
  const key = `${HEAD}.${BODY}.${SIGNATURE.slice(0, 342)}`;
  expect(keyTextIn(`Your key:\n\n${key}\n\nBest regards, Bob`)).toBe(key);
});

test("two hyphens that a program merged into one dash are two again", () => {
  const key = `${HEAD}.${BODY}.${"ab--".repeat(128)}`;
  expect(keyTextIn(key.replaceAll("--", "\u2014"))).toBe(key);
});

test("whatever is inserted between its characters, the same key is found", () => {
  const noise = fc.constantFrom(
    "\n",
    "\r\n",
    " ",
    "\t",
    "\u200B",
    "\u00AD",
    "\uFEFF",
    "\u2028",
    "\n> ",
    "=\n",
  );
  const places = fc.array(fc.tuple(fc.nat(KEY.length), noise), { maxLength: 40 });
  fc.assert(
    fc.property(places, (put) => {
      const pasted = put
        .toSorted(([a], [b]) => b - a)
        .reduce((text, [at, what]) => text.slice(0, at) + what + text.slice(at), KEY);
      expect(keyTextIn(pasted)).toBe(KEY);
    }),
  );
});

test("a key of another length, or a part of one, is found and reported as incomplete", () => {
  for (const length of [342, 512, 683])
    expect(isWholeKey(`${HEAD}.${BODY}.${SIGNATURE.repeat(2).slice(0, length)}`)).toBe(true);
  const cut = KEY.slice(0, -20);
  expect([keyTextIn(cut), isWholeKey(cut)]).toEqual([cut, false]);
});

const LEF =
  "9999000000001253\r\nPRODUCTLEVEL;50;;2027-12-31\r\nPROFESSIONAL;10;;\r\nABCD-EFGH-IJKL-MNOP-QRST";

test.each([
  ["", "Paste the signed license key"],
  [" \u200B\n", "Paste the signed license key"],
  [LEF, "license enabler file (LEF)"],
  [`> ${LEF.replaceAll("\r\n", "\r\n> ")}`, "license enabler file (LEF)"],
  ["9999000000001253", "This is a license number"],
  ["9999 0000 0000 1253", "This is a license number"],
  ["9999-0000-0000-1253\n", "This is a license number"],
  ["9999\u20110000\u20110000\u20111253", "This is a license number"],
  ["sgn_0123456789abcdef", "This is an API token"],
  [`${HEAD}.${BODY}`, "incomplete or was altered"],
  [KEY.slice(0, 30), "incomplete or was altered"],
  ["hello", "This isn't a signed license key"],
  ["a.b.c", "This isn't a signed license key"],
])("the text %j is explained: %s", (pasted, sentence) => {
  expect(keyTextIn(pasted)).toBeNull();
  expect(whyNoKey(pasted)).toContain(sentence);
});
