import { storeUnavailable } from "@/app/(console)/_lib/store-unavailable";
import { remainingSession } from "@/server/identity/session";
import { isStoreAway } from "@/server/store/store-away";

/** How long the session still lasts: another window may have prolonged or ended it. */
export async function GET() {
  try {
    const left = await remainingSession(new Date());
    return Response.json({ left }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (isStoreAway(error)) return storeUnavailable();
    throw error;
  }
}
