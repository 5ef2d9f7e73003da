import { z } from "zod";
import { text } from "@/app/(console)/_lib/form-fields";
import { readInScope } from "@/app/(console)/_lib/reading";
import { pageAt } from "@/app/(console)/_list/paging";
import { PAGE, userPage } from "@/app/(console)/users/user-rows";
import { searchUsers } from "@/server/users/user-search";

const asked = z.object({ query: text(200), cursor: z.string().max(4000).nullable() });

/** Less than a page waits for its rows. */
const PATIENCE_MS = 1000;

/** A page of users. It is a POST, so that typed names never appear in a URL. */
export async function POST(request: Request) {
  const wish = asked.safeParse(await request.json().catch(() => null));
  if (!wish.success) return new Response("This can't be searched.", { status: 422 });
  const { query, cursor } = wish.data;
  return readInScope("assignments.read", async ({ who }) =>
    Response.json(
      userPage(
        await pageAt(cursor, (from) =>
          searchUsers(who, { query, limit: PAGE, cursor: from, patience: PATIENCE_MS }),
        ),
      ),
    ),
  );
}
