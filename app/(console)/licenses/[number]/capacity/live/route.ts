import type { NextRequest } from "next/server";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import { capacityAsked } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";

type Context = { params: Promise<{ number: string }> };

/** The current data of a month, for the open page. */
export async function GET({ nextUrl }: NextRequest, { params }: Context): Promise<Response> {
  const { number } = await params;
  return readOnLicense(number, "usage.read", async ({ now }) =>
    Response.json(await capacityAsked(number, loadCapacity(nextUrl.searchParams), now)),
  );
}
