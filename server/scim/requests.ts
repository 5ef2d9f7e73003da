import { uuidv7 } from "uuidv7";
import type { Prisma } from "@/prisma/client/client";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";

/** A request of a directory, as the console lists it. `code` is why it was refused. */
export type ScimRequest = {
  id: string;
  at: Date;
  method: string;
  path: string;
  status: number;
  code: string | null;
};

const NOTE = {
  name: "scim_request_note",
  text: `INSERT INTO scim_request (id, connection, at, method, path, status, code) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
};

/** Notes a request after its response is decided. */
export async function noteRequest(
  connection: string,
  { at, method, path, status, code }: Omit<ScimRequest, "id">,
): Promise<void> {
  await store().sql.query(NOTE, [uuidv7(), connection, at, method, path, status, code]);
}

/** The requests of a connection, newest first; kept for 30 days. */
export async function listRequests(connection: string, { limit, cursor }: Slice): Promise<Page<ScimRequest>> {
  const filter = ["scim requests", connection];
  const position = decodeCursor(cursor, filter);
  // The index begins at the bound on the moment; `behind` sorts out the requests of the same one.
  const at = { lte: position?.key ?? undefined };
  const rows = await store().db.scimRequest.findMany({
    where: { AND: [{ connection, at }, behind(position, NEWEST)] },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: { id: true, at: true, method: true, path: true, status: true, code: true },
  });
  return pageOf(rows, limit, filter, ({ id, at }) => ({ key: at.toISOString(), id }));
}

const NEWEST: Keyset<Prisma.ScimRequestWhereInput> = {
  direction: "desc",
  onKey: (at) => ({ at }),
  onId: (id) => ({ id }),
};
