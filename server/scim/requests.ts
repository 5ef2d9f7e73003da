import { uuidv7 } from "uuidv7";
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

/** The last requests of a connection, newest first. */
export function lastRequests(connection: string, most: number): Promise<ScimRequest[]> {
  return store().db.scimRequest.findMany({
    where: { connection },
    orderBy: { id: "desc" },
    take: most,
    select: { id: true, at: true, method: true, path: true, status: true, code: true },
  });
}
