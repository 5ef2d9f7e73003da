import { z } from "zod";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { text } from "@/app/(console)/_lib/form-fields";
import { readInScope } from "@/app/(console)/_lib/reading";
import { licenseChoice } from "@/app/(console)/switch/choices";
import type { DateStyle } from "@/domain/dates/date-style";
import { search, searchAgain } from "@/server/overview/search";

const ids = z.array(text(64)).max(8);
const asked = z.union([
  z.object({ query: text(200).trim().min(1), license: text(64).optional() }),
  z.object({ recent: z.object({ licenses: ids, customers: ids }) }),
]);

type Found = Awaited<ReturnType<typeof search>>;

/** The server's results for the palette. It is a POST, so that typed text never appears in a URL. */
export async function POST(request: Request) {
  const wish = asked.safeParse(await request.json().catch(() => null));
  if (!wish.success) return new Response("This can't be searched.", { status: 422 });
  const { data } = wish;
  return readInScope("licenses.read", async ({ who, now }) =>
    Response.json(
      shown(
        await dateStyle(),
        "recent" in data
          ? { ...(await searchAgain(who, data.recent, now)), deployments: [], keys: [] }
          : await search(who, data, now),
      ),
    ),
  );
}

function shown(dates: DateStyle, { licenses, ...found }: Found) {
  return {
    ...found,
    licenses: licenses.map((license) => ({
      ...licenseChoice(license, dates),
      customer: license.customer.name,
    })),
  };
}
