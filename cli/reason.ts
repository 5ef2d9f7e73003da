import { Refusal } from "@/domain/refusals/refusal";
import { FolderInUse } from "@/machine/locked-folder";
import { isStoreAway } from "@/server/store/store-away";

const BESIDE_A_SERVER = "With PostgreSQL (DATABASE_URL) commands run beside a server.";

/** An error as one sentence for the person at the keyboard. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.detail;
  if (error instanceof FolderInUse) return `${error.message} ${BESIDE_A_SERVER}`;
  if (isStoreAway(error)) return `The database isn't responding: ${messageOf(error)}`;
  return messageOf(error);
}

/** Error messages from the outermost to the cause; of a message with many lines the last one, which says what is wrong. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.trim().split("\n").at(-1) ?? "";
  const own = message || ("code" in error ? String(error.code) : error.name);
  return error.cause ? `${own} ${messageOf(error.cause)}` : own;
}
