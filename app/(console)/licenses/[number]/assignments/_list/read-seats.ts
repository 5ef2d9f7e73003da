import { notFound } from "next/navigation";
import { storeUnavailable } from "@/app/(console)/_lib/store-unavailable";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { Refusal } from "@/domain/refusals/refusal";
import { allowOnLicense } from "@/server/access/gate";
import { findPrincipal } from "@/server/identity/session";
import { isStoreAway } from "@/server/store/store-away";

type Context = { params: Promise<{ number: string }> };

/** The gate of the list's routes: one license, its seats, and the people who may see them. */
export async function readSeats(
  { params }: Context,
  read: (number: string, now: Date) => Promise<Response>,
): Promise<Response> {
  const number = parseLicenseNumber((await params).number);
  if (!number) notFound();
  try {
    const who = await findPrincipal();
    if (!who) return new Response(null, { status: 401 });
    await allowOnLicense(who, "assignments.read", number);
    return await read(number, new Date());
  } catch (error) {
    if (isStoreAway(error)) return storeUnavailable();
    if (!(error instanceof Refusal)) throw error;
    return new Response(null, { status: error.code === "FORBIDDEN" ? 403 : 404 });
  }
}

/** Forbids caching, because the body contains subjects. */
export function privately(body: unknown): Response {
  return Response.json(body, { headers: { "Cache-Control": "no-store" } });
}
