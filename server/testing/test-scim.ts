import { SYSTEM } from "@/server/access/actor";
import { principalOfToken } from "@/server/identity/tokens";
import { type Connection, findConnection } from "@/server/scim/connection";
import { createConnection, type NewConnection } from "@/server/scim/connections";
import { createGroup, patchGroup } from "@/server/scim/groups";
import type { ScimActing } from "@/server/scim/scim-acting";
import { settle } from "@/server/scim/settling";
import { createUser, deleteUser, patchUser } from "@/server/scim/users";
import { NOW, OWNER } from "./test-licenses";

let tick = 0;
/** A clock that moves on with every call. */
export const scimClock = () => new Date(NOW.getTime() + ++tick);

/** A new connection that changes seats, and what its directory does. */
export async function directory(wanted: Partial<NewConnection>) {
  const settings = { name: "Directory", subject: "userName", groups: [], report: false, ...wanted };
  const { id, token } = await createConnection(OWNER, settings, SYSTEM, NOW);
  const acting = async (): Promise<ScimActing> => {
    const now = scimClock();
    const principal = await principalOfToken(token, now);
    const connection = principal && (await findConnection(principal));
    if (!connection) throw new Error("The connection is gone.");
    return { connection: connection satisfies Connection, actor: { kind: "token", id }, now };
  };
  const patch = (path: string, value: unknown, op = "replace") => [{ op, path, value }];
  const work = async <T>(change: (as: ScimActing) => Promise<T>): Promise<T> => {
    const as = await acting();
    const done = await change(as);
    await settle(as);
    return done;
  };
  return {
    id,
    acting,
    user: async (userName: string, more: object = {}) =>
      (await work((as) => createUser(as, { userName, ...more }))).id,
    group: async (displayName: string, ...members: string[]) =>
      (await work((as) => createGroup(as, { displayName, members: members.map((value) => ({ value })) }))).id,
    setActive: (user: string, isActive: boolean) =>
      work((as) => patchUser(as, user, patch("active", isActive), null)),
    /** Replaces attributes in one PATCH. */
    change: (user: string, value: object) =>
      work((as) => patchUser(as, user, [{ op: "replace", value }], null)),
    remove: (user: string) => work((as) => deleteUser(as, user, null)),
    join: (group: string, ...users: string[]) =>
      work((as) =>
        patchGroup(
          as,
          group,
          patch(
            "members",
            users.map((value) => ({ value })),
            "add",
          ),
          null,
        ),
      ),
    leave: (group: string, ...users: string[]) =>
      work((as) =>
        patchGroup(
          as,
          group,
          patch(
            "members",
            users.map((value) => ({ value })),
            "remove",
          ),
          null,
        ),
      ),
  };
}
