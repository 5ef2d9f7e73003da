import { sessionLeft } from "@/server/session";
import { isStoreAway } from "@/server/store";

/** How long the session still lasts: another window may have prolonged or ended it. */
export async function GET() {
  try {
    const left = await sessionLeft(new Date());
    return Response.json({ left }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (isStoreAway(error)) return new Response(null, { status: 503 });
    throw error;
  }
}
