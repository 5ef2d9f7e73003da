import { storeUnavailable } from "@/app/(console)/_lib/store-unavailable";
import { remainingSession } from "@/server/identity/session";
import { isStoreAway } from "@/server/store/store-away";

/** The remaining time of the session, which another window may have extended or ended. */
export async function GET() {
  try {
    const left = await remainingSession(new Date());
    return Response.json({ left }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (isStoreAway(error)) return storeUnavailable();
    throw error;
  }
}
