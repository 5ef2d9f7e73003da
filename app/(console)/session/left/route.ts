import { sessionLeft } from "@/server/session";

/** How long the session still lasts: another window may have prolonged or ended it. */
export async function GET() {
  const left = await sessionLeft(new Date());
  return Response.json({ left }, { headers: { "Cache-Control": "no-store" } });
}
