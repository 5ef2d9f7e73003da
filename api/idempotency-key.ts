import type { Context } from "hono";
import { Refusal } from "@/domain/refusals/refusal";
import { isPlainText } from "@/domain/text";

/** The key by which a request can be repeated; null without one. */
export function idempotencyKeyOf(c: Context): string | null {
  const key = c.req.header("Idempotency-Key");
  if (key === undefined) return null;
  if (key !== "" && isPlainText(key)) return key;
  throw new Refusal("INVALID_BODY", "An Idempotency-Key is a text of 1 to 200 characters.");
}
