import { createRoute, z } from "@hono/zod-openapi";
import { flag, slice } from "@/contract/fields";
import {
  NamedUser,
  User,
  UserList,
  UserQuery,
  UserRelease,
  UserUndo,
  UserUndone,
} from "@/contract/user-schemas";
import { releaseEverywhere, undoEverywhere } from "@/server/users/release-everywhere";
import { previewRelease } from "@/server/users/release-preview";
import { userNamed } from "@/server/users/user";
import { type ListedUserSeat, searchUsers } from "@/server/users/user-search";
import { bodyOf, jsonResponse, nextLink, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";

const tags = ["Users"];
/** A program waits for names that are being read: within the deadline of a request, in milliseconds. */
const PATIENT = { patience: 8000 };
const IN_SCOPE = "Every license that the token can see, each by its own matching of users.";

const search = createRoute({
  method: "post",
  path: "/users/search",
  operationId: "searchUsers",
  tags,
  summary: "Find users by a part of their name over all licenses, by name",
  description: `${IN_SCOPE} It is a POST, so that no name is in a URL; \`cursor\` and \`limit\` are as for every list.`,
  middleware: allowed("assignments.read"),
  request: { query: z.strictObject(slice), body: bodyOf(UserQuery) },
  responses: { 200: { ...jsonResponse(UserList, "Users"), headers: nextLink } },
});

const read = createRoute({
  method: "post",
  path: "/users/read",
  operationId: "readUser",
  tags,
  summary: "Read what is known of a user over all licenses",
  description: `${IN_SCOPE} Without a trace of the user all lists are empty.`,
  middleware: allowed("assignments.read"),
  request: { body: bodyOf(NamedUser) },
  responses: { 200: jsonResponse(User, "The user") },
});

const release = createRoute({
  method: "post",
  path: "/users/release",
  operationId: "releaseUser",
  tags,
  summary: "Release every seat of a user over all licenses; sending it twice is safe",
  description: `${IN_SCOPE} With \`dryRun=true\` nothing is released.`,
  middleware: allowed("assignments.write"),
  request: { query: z.strictObject({ dryRun: flag.optional() }), body: bodyOf(NamedUser) },
  responses: { 200: jsonResponse(UserRelease, "The seats that were, or would be, released") },
});

const takeBack = createRoute({
  method: "post",
  path: "/users/release/undo",
  operationId: "undoUserRelease",
  tags,
  summary: "Restore the seats that a release of a user released",
  description: "For 15 minutes. Seats that others took meanwhile stay with them.",
  middleware: allowed("assignments.write"),
  request: { body: bodyOf(UserUndo) },
  responses: {
    200: jsonResponse(UserUndone, "How many seats were restored"),
    ...refusals(
      "NOT_FOUND",
      "UNDO_OVER",
      "CHANGED_MEANWHILE",
      "NO_AVAILABLE_UNITS",
      "LICENSE_NOT_VALID",
      "UNKNOWN_ALLOTMENT",
    ),
  },
});

export function users(app: AdminApp, clock: Clock): void {
  app.openapi(search, async (c) => {
    const { query } = c.req.valid("json");
    const list = await searchUsers(c.get("principal"), { query, ...c.req.valid("query"), ...PATIENT });
    return c.json({ ...list, ...linked(c, list) }, 200);
  });
  app.openapi(read, async (c) => {
    const { subject } = c.req.valid("json");
    const { events: _, seatAllotments: __, ...user } = await userNamed(c.get("principal"), subject, clock());
    return c.json({ ...user, subject }, 200);
  });
  app.openapi(release, async (c) => {
    const { subject } = c.req.valid("json");
    const who = c.get("principal");
    if (c.req.valid("query").dryRun) {
      const { seats, others } = await previewRelease(who, subject, PATIENT);
      return c.json({ seats: seats.map(seatOf), others: others.map(seatOf), unreached: [], undo: null }, 200);
    }
    const acting = { actor: c.get("actor"), now: clock() };
    const { released, unreached, undo = null } = await releaseEverywhere(who, subject, acting);
    return c.json({ seats: released, others: [], unreached, undo }, 200);
  });
  app.openapi(takeBack, async (c) => {
    const acting = { actor: c.get("actor"), now: clock() };
    const { undo } = c.req.valid("json");
    return c.json(await undoEverywhere(undo, c.get("principal"), acting), 200);
  });
}

function seatOf({ license, instance, allotment, subject }: ListedUserSeat) {
  return { license, instance, allotment, subject };
}
