import { storeAway } from "@/app/(console)/_lib/store-unavailable";
import { sessionLeft } from "@/server/identity/session";
import { isStoreAway } from "@/server/store/store-away";

/** How long the session still lasts: another window may have prolonged or ended it. */
export async function GET() {
  try {
    const left = await sessionLeft(new Date());
    return Response.json({ left }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (isStoreAway(error)) return storeAway();
    throw error;
  }
}
