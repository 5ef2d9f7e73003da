import { z } from "zod";
import { text } from "@/app/(console)/_lib/form-fields";
import { readInScope } from "@/app/(console)/_lib/reading";
import { userRow } from "@/app/(console)/users/user-rows";
import { searchPeople } from "@/server/overview/search-people";
import { findUsers } from "@/server/users/user-lookup";

const asked = z.object({ query: text(200).trim().min(1), license: text(64).optional() });

/** Finds users by a part of their name: the seats of one license, or the users of all. */
export async function POST(request: Request) {
  const wish = asked.safeParse(await request.json().catch(() => null));
  if (!wish.success) return new Response("This can't be searched.", { status: 422 });
  const { query, license } = wish.data;
  return readInScope("licenses.read", async ({ who }) =>
    Response.json(
      license
        ? { people: await searchPeople(who, license, query), users: [] }
        : { people: [], users: (await findUsers(who, query)).map(userRow) },
    ),
  );
}
