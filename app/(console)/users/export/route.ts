import { readInScope } from "@/app/(console)/_lib/reading";
import { csvDownload } from "@/app/(console)/_list/csv";
import { csvOfUsers, HEAD } from "@/app/(console)/users/users-csv";

const MOST_TYPED = 200;

/** Exports the users of a search, a row for each seat. It is a POST, so that the typed name isn't in a URL. */
export async function POST(request: Request) {
  const form = await request.formData().catch(() => new FormData());
  const query = String(form.get("query") ?? "").slice(0, MOST_TYPED);
  return readInScope("assignments.read", async ({ who, now }) =>
    csvDownload(`users-${now.toISOString().slice(0, 10)}`, HEAD, csvOfUsers(who, query)),
  );
}
