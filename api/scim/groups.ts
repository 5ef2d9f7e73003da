import type { Clock } from "@/api/admin/gate";
import { expected } from "@/api/admin/tags";
import { isNoneMatch } from "@/api/entity-tags";
import { readJson } from "@/api/json-body";
import { operationsIn } from "@/domain/scim/operation";
import { createGroup, deleteGroup, groupById, patchGroup, replaceGroup } from "@/server/scim/groups";
import { membersOf } from "@/server/scim/members";
import { listGroups } from "@/server/scim/resource-list";
import { settle } from "@/server/scim/settling";
import type { StoredResource } from "@/server/scim/users";
import { filterIn, listOf, rangeIn } from "./list-query";
import { groupJson, isShown, KINDS, projectionIn, scimJson, urlOf, versionTag } from "./representation";
import { actingIn, idIn, objectIn, type ScimAppOf, type ScimContext } from "./scim-caller";

const { path: PATH, attributes } = KINDS.Group;

/** Groups of a directory and their members. */
export function groups(app: ScimAppOf, clock: Clock): void {
  app.get(PATH, async (c) => {
    const range = rangeIn(c);
    const page = await listGroups(c.get("connection"), filterIn(c, attributes), range);
    const resources: object[] = [];
    for (const group of page.items) resources.push(await shown(c, group));
    return scimJson(c, listOf(range, page, resources));
  });
  app.get(`${PATH}/:id`, async (c) => {
    const group = await groupById(c.get("connection"), idIn(c));
    if (isNoneMatch(c.req.header("If-None-Match"), String(group.version))) return c.body(null, 304);
    return sendGroup(c, group);
  });
  app.post(PATH, async (c) => {
    const acting = actingIn(c, clock);
    const group = await createGroup(acting, objectIn(await readJson(c)));
    await settle(acting);
    return sendGroup(c, group, 201);
  });
  app.put(`${PATH}/:id`, async (c) => {
    const acting = actingIn(c, clock);
    const group = await replaceGroup(acting, idIn(c), objectIn(await readJson(c)), expected(c));
    await settle(acting);
    return sendGroup(c, group);
  });
  app.patch(`${PATH}/:id`, async (c) => {
    const acting = actingIn(c, clock);
    const group = await patchGroup(acting, idIn(c), operationsIn(await readJson(c)), expected(c));
    await settle(acting);
    // A large group has many members, and nobody who adds one wants them all.
    if (c.req.query("attributes")) return sendGroup(c, group);
    return c.body(null, 204, { ETag: versionTag(group) });
  });
  app.delete(`${PATH}/:id`, async (c) => {
    const acting = actingIn(c, clock);
    await deleteGroup(acting, idIn(c), expected(c));
    await settle(acting);
    return c.body(null, 204);
  });
}

async function sendGroup(c: ScimContext, group: StoredResource, status: 200 | 201 = 200): Promise<Response> {
  if (status === 201) c.header("Location", urlOf(c, "Group", group.id));
  return scimJson(c, await shown(c, group), status, { ETag: versionTag(group) });
}

/** Members are read only if they are asked for: a large group has many. */
async function shown(c: ScimContext, group: StoredResource): Promise<object> {
  const projection = projectionIn(c, "Group");
  const members = isShown(projection, "members") ? await membersOf(c.get("connection"), group.id) : null;
  return groupJson(c, group, members, projection);
}
