import type { DataKeys } from "@/server/secrets/data-keys";
import { waiveDeadline } from "@/server/store/deadline";
import { noteFailure } from "@/server/store/failures";
import { store } from "@/server/store/store";
import { type SearchedLicense, searchedLicenses } from "@/server/users/user-seats";
import { connectionsInUse } from "./connection";
import { coverLicenses } from "./covering";
import { licensesWithWork } from "./grant-rows";
import { settleGrants } from "./granting";
import { releaseUser } from "./releasing";
import type { ScimActing } from "./scim-acting";
import { scimKeys } from "./scim-keys";
import { noteSpellings } from "./spelling-report";

const AT_ONCE = 500;

/**
 * Does what users and groups of a connection ask for: releases the seats of inactive users, gives and releases those of
 * mappings; in report mode it only tells. What was done isn't done again, so it may stop anywhere and be run again.
 */
export async function settle(acting: ScimActing): Promise<void> {
  const { connection } = acting;
  const keys = await scimKeys(connection.id);
  const licenses = await searchedLicenses(connection.scope);
  if (!connection.report) await coverLicenses(connection, keys, licenses);
  waiveDeadline();
  await releaseDue(acting, keys, licenses);
  const reached = new Set(licenses.map(({ number }) => number));
  for (const license of await licensesWithWork(store().sql, connection.id, connection.report))
    if (reached.has(license)) await settleGrants(acting, keys, license);
}

/** The work of all connections that no request did: after a crash, when a unit frees, and when a license is new. */
export async function settleAll(now: Date): Promise<void> {
  for (const connection of await connectionsInUse(now)) {
    const actor = { kind: "token" as const, id: connection.id };
    try {
      await settle({ connection, actor, now });
      await noteSpellings({ connection, actor, now });
    } catch (error) {
      noteFailure(error, { reference: connection.id, path: "/scim" });
    }
  }
}

async function releaseDue(
  acting: ScimActing,
  keys: DataKeys,
  licenses: readonly SearchedLicense[],
): Promise<void> {
  const { id: connectionId, report } = acting.connection;
  const untold = report ? { isReported: false } : {};
  for (let last = ""; ; ) {
    const due = await store().db.scimUser.findMany({
      where: { connectionId, isDue: true, ...untold, ...(last ? { id: { gt: last } } : {}) },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    for (const user of due) await releaseUser(acting, keys, user, licenses);
    last = due.at(-1)?.id ?? "";
    if (due.length < AT_ONCE) return;
  }
}
