import type { Context } from "hono";

/** Whether a request's body is a file that is streamed, with a limit of its own. */
export function isStreamed({ req }: Context): boolean {
  if (req.method !== "POST") return false;
  return /\/admin\/(legacy\/imports|bulk-creations|licenses\/[^/]+\/logs)$/.test(req.path);
}
