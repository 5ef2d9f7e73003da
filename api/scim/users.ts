import type { Clock } from "@/api/admin/gate";
import { expected } from "@/api/admin/tags";
import { isNoneMatch } from "@/api/entity-tags";
import { readJson } from "@/api/json-body";
import { operationsIn } from "@/domain/scim/operation";
import { groupsOf } from "@/server/scim/members";
import { listUsers } from "@/server/scim/resource-list";
import { settle } from "@/server/scim/settling";
import {
  createUser,
  deleteUser,
  patchUser,
  replaceUser,
  type StoredResource,
  userById,
} from "@/server/scim/users";
import { filterIn, listOf, rangeIn } from "./list-query";
import { isShown, KINDS, projectionIn, scimJson, urlOf, userJson, versionTag } from "./representation";
import { actingIn, idIn, objectIn, type ScimAppOf, type ScimContext } from "./scim-caller";

const { path: PATH, attributes } = KINDS.User;

/** Users of a directory. A change answers once what it asks for is done in every license. */
export function users(app: ScimAppOf, clock: Clock): void {
  app.get(PATH, async (c) => {
    const range = rangeIn(c);
    const page = await listUsers(c.get("connection"), filterIn(c, attributes), range);
    return scimJson(c, listOf(range, page, await shown(c, page.items)));
  });
  app.get(`${PATH}/:id`, async (c) => {
    const user = await userById(c.get("connection"), idIn(c));
    if (isNoneMatch(c.req.header("If-None-Match"), String(user.version))) return c.body(null, 304);
    return sendUser(c, user);
  });
  app.post(PATH, async (c) => {
    const acting = actingIn(c, clock);
    const user = await createUser(acting, objectIn(await readJson(c)));
    await settle(acting);
    return sendUser(c, user, 201);
  });
  app.put(`${PATH}/:id`, async (c) => {
    const acting = actingIn(c, clock);
    const user = await replaceUser(acting, idIn(c), objectIn(await readJson(c)), expected(c));
    await settle(acting);
    return sendUser(c, user);
  });
  app.patch(`${PATH}/:id`, async (c) => {
    const acting = actingIn(c, clock);
    const user = await patchUser(acting, idIn(c), operationsIn(await readJson(c)), expected(c));
    await settle(acting);
    return sendUser(c, user);
  });
  app.delete(`${PATH}/:id`, async (c) => {
    const acting = actingIn(c, clock);
    await deleteUser(acting, idIn(c), expected(c));
    await settle(acting);
    return c.body(null, 204);
  });
}

async function sendUser(c: ScimContext, user: StoredResource, status: 200 | 201 = 200): Promise<Response> {
  const [json] = await shown(c, [user]);
  if (status === 201) c.header("Location", urlOf(c, "User", user.id));
  return scimJson(c, json ?? {}, status, { ETag: versionTag(user) });
}

async function shown(c: ScimContext, found: readonly StoredResource[]) {
  const projection = projectionIn(c, "User");
  const ids = isShown(projection, "groups") ? found.map(({ id }) => id) : [];
  const groups = await groupsOf(c.get("connection"), ids);
  return found.map((user) => userJson(c, user, groups.get(user.id) ?? [], projection));
}
