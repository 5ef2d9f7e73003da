import { redirect } from "next/navigation";
import { storeUnavailable } from "@/app/(console)/_lib/store-unavailable";
import { unsubscribe } from "@/server/alerts/unsubscribing";
import { isStoreAway } from "@/server/store/store-away";

type Context = { params: Promise<{ token: string }> };

/** Mail programs send this by themselves when a person unsubscribes (RFC 8058), without cookies. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  try {
    const found = await unsubscribe(token, new Date());
    return new Response(null, { status: found ? 204 : 404 });
  } catch (error) {
    if (isStoreAway(error)) return storeUnavailable();
    throw error;
  }
}

/** People who open the address get the page: a look at it changes nothing. */
export async function GET(_request: Request, { params }: Context): Promise<never> {
  redirect(`/unsubscribe/${encodeURIComponent((await params).token)}`);
}
