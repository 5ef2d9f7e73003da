import type { NextRequest } from "next/server";
import { z } from "zod";
import { text } from "@/app/(console)/_lib/form-fields";
import { readInScope } from "@/app/(console)/_lib/reading";
import { customerChoices, licenseChoices } from "./choices";

const asked = z.object({
  customer: z.uuid().optional().catch(undefined),
  q: text(200).trim().catch(""),
});

/** The customers that the person may see, or the licenses of one of them, for the switcher in the top bar. */
export function GET({ nextUrl }: NextRequest) {
  return readInScope("licenses.read", async ({ who, now }) => {
    const { customer, q } = asked.parse(Object.fromEntries(nextUrl.searchParams));
    return Response.json(
      customer ? await licenseChoices(who, customer, q, now) : await customerChoices(who, q),
    );
  });
}
