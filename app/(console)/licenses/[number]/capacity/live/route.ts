import type { NextRequest } from "next/server";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import { capacityAsked } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";

type Context = { params: Promise<{ number: string }> };

/** A month as it stands now, for the page that looks at it. */
export async function GET({ nextUrl }: NextRequest, { params }: Context): Promise<Response> {
  const { number } = await params;
  return readOnLicense(number, "usage.read", async ({ now }) =>
    Response.json(await capacityAsked(number, loadCapacity(nextUrl.searchParams), now)),
  );
}
