/** How far the client of each database has read. */
const read = new Map<string, number>();
/** The documents of users that the next request of a database deletes. */
const added = new Map<string, { id: string; rev: string }>();
let count = 0;

/** What a client of PouchDB Server sends in place of an idle sync: it asks for what came after the last change it knows. */
export function idleChanges(database: string) {
  return {
    method: "GET" as const,
    path: `/${database}/_changes?since=${read.get(database) ?? 0}`,
    body: {},
    accept: (response: string) => {
      const { last_seq } = JSON.parse(response);
      if (typeof last_seq !== "number") throw new Error(response);
      read.set(database, last_seq);
    },
  };
}

/** In place of a sync with one patch: it adds a user's document, and with the next request deletes it. */
export function oneDocument(database: string) {
  const known = added.get(database);
  count += 1;
  const id = known?.id ?? `user-${count}`;
  const user = { subject: `BENCH\\p${count}`, allotment: "professional", created: new Date().toISOString() };
  return {
    method: "PUT" as const,
    path: `/${database}/${id}`,
    body: known ? { ...user, _rev: known.rev, _deleted: true } : user,
    accept(response: string) {
      const { ok, rev } = JSON.parse(response);
      if (!ok) throw new Error(response);
      if (known) added.delete(database);
      else added.set(database, { id, rev });
    },
  };
}
