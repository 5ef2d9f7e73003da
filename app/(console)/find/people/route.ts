import { z } from "zod";
import { text } from "@/app/(console)/_lib/form-fields";
import { readInScope } from "@/app/(console)/_lib/reading";
import { searchPeople, searchPeopleEverywhere } from "@/server/overview/search-people";

const asked = z.object({ query: text(200).trim().min(1), license: text(64).optional() });

/** Finds users with a seat: in one license by part of the name, in all licenses by the whole name. */
export async function POST(request: Request) {
  const wish = asked.safeParse(await request.json().catch(() => null));
  if (!wish.success) return new Response("This can't be searched.", { status: 422 });
  const { query, license } = wish.data;
  return readInScope("licenses.read", async ({ who }) =>
    Response.json({
      people: await (license ? searchPeople(who, license, query) : searchPeopleEverywhere(who, query)),
    }),
  );
}
