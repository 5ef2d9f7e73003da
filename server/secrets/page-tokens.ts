import { Refusal } from "@/domain/refusals/refusal";
import type { Position } from "@/server/store/cursor";
import { derived } from "@/server/store/secret";
import { store } from "@/server/store/store";
import { decrypt, encrypt } from "./encryption";

/** A page of a list before or after a position; `asked` is the request of the list, which every page repeats. */
export type PageAsked<Asked> = { direction: "next" | "prev"; position: Position; asked: Asked };

/**
 * The token of a page, in base64url: `next:` or `prev:`, then the request and the position, encrypted, since both may
 * name a subject and a URL is written down in many places. It is good for this list only.
 */
export function issuePageToken<Asked>(list: string, { direction, ...content }: PageAsked<Asked>): string {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  const encrypted = encrypt(
    [keyOf(secret)],
    Buffer.from(JSON.stringify(content)),
    contextOf(list, direction),
  );
  return Buffer.concat([Buffer.from(`${direction}:`), encrypted]).toString("base64url");
}

/** Reads a token that was issued for the same list; throws `INVALID_CURSOR` for every other text. */
export function readPageToken<Asked>(list: string, token: string): PageAsked<Asked> {
  const bytes = Buffer.from(token, "base64url");
  const direction = bytes.subarray(0, START).toString() === "prev:" ? "prev" : "next";
  const context = contextOf(list, direction);
  const [text] = store().secrets.flatMap((secret) => opened(secret, bytes.subarray(START), context) ?? []);
  if (!text) throw unknownPage();
  // Only this installation can encrypt, so `issuePageToken` wrote the text.
  return { direction, ...(JSON.parse(text) as Omit<PageAsked<Asked>, "direction">) };
}

const START = "next:".length;

function opened(secret: Buffer, sealed: Uint8Array, context: string): string | null {
  try {
    return decrypt([keyOf(secret)], sealed, context).toString();
  } catch {
    return null;
  }
}

function keyOf(secret: Buffer): Buffer {
  return derived(secret, "pages");
}

function contextOf(list: string, direction: string): string {
  return `page|${list}|${direction}`;
}

function unknownPage(): Refusal {
  return new Refusal(
    "INVALID_CURSOR",
    "This page belongs to another list. Start again without `page`, and follow the links as they are.",
  );
}
