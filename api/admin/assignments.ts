import { createRoute, z } from "@hono/zod-openapi";
import { flag, licenseNumber, query, slice, sortBy } from "@/contract/fields";
import { Assignment, CreatedAssignment, NewAssignment } from "@/contract/schemas";
import type { Assignment as AssignmentRow, Patch } from "@/domain/assignments/assignment";
import { isInstance } from "@/domain/assignments/assignments";
import { nothingHere, type RejectionCode } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import {
  ASSIGNMENT_SORTS,
  type ListedSeat,
  listAssignments,
} from "@/server/assignments/lists/assignment-list";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { bodyOf, createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";

const tags = ["Assignments"];
/** A hundred years: what the console takes too. */
const MOST_DAYS = 36_500;
const ofLicense = z.object({ number: licenseNumber });
const filter = z.strictObject({
  query,
  allotment: z.string().max(200).optional(),
  state: z.enum(["active", "excess"]).optional(),
  source: z.string().max(200).optional(),
  idle: z.coerce.number().int().min(0).max(MOST_DAYS).optional().openapi({
    description:
      "Only seats not used for at least this many days, where use is reported; one that was never used counts from the day it was received.",
  }),
  orphans: flag.optional().openapi({
    description:
      "Only seats from a deployment that has been silent for 30 days, and that nobody has used since.",
  }),
  spellings: flag
    .optional()
    .openapi({ description: "Only users who seem to hold seats under more than one name." }),
  sort: sortBy(ASSIGNMENT_SORTS),
  ...slice,
});

/** Why a seat can't be assigned. */
const NOT_ASSIGNED: RejectionCode[] = [
  "INVALID_SUBJECT",
  "UNKNOWN_ALLOTMENT",
  "NOT_ASSIGNABLE",
  "LICENSE_NOT_VALID",
  "NO_AVAILABLE_UNITS",
];

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/assignments",
  operationId: "listAssignments",
  tags,
  summary: "List assignments, newest first",
  middleware: onLicense("assignments.read"),
  request: { params: ofLicense, query: filter },
  responses: { 200: pageOf(Assignment, "Assignments") },
});

const add = createRoute({
  method: "post",
  path: "/licenses/{number}/assignments",
  operationId: "createAssignment",
  tags,
  summary: "Assign a seat to a subject; 200 if it already has one",
  middleware: onLicense("assignments.write"),
  request: { params: ofLicense, body: bodyOf(NewAssignment) },
  responses: {
    200: jsonResponse(CreatedAssignment, "The existing assignment"),
    201: createdResponse(CreatedAssignment, "The assignment"),
    ...refusals(...NOT_ASSIGNED),
  },
});

const release = createRoute({
  method: "delete",
  path: "/licenses/{number}/assignments/{instance}",
  operationId: "releaseAssignment",
  tags,
  summary: "Release a seat; releasing it twice is safe",
  middleware: onLicense("assignments.write"),
  request: { params: ofLicense.extend({ instance: z.string() }) },
  responses: { 204: empty },
});

export function assignments(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    const { number } = c.req.valid("param");
    const { items, cursor } = await listAssignments(number, c.req.valid("query"), clock());
    return c.json(linked(c, { items: items.map(itemOf), cursor }), 200);
  });
  app.openapi(add, async (c) => {
    const { number } = c.req.valid("param");
    const now = clock();
    const patch = { instance: "", created: now.toISOString(), ...c.req.valid("json") };
    const row = await change(number, patch, c.get("actor"), now);
    if (!row) throw nothingHere();
    const isNew = row.created.getTime() === now.getTime() && row.source === ADMIN_SOURCE;
    if (!isNew) return c.json(createdOf(row), 200);
    const address = `/api/v1/admin/licenses/${number}/assignments/${row.instance}`;
    return c.json(createdOf(row), 201, { Location: address });
  });
  app.openapi(release, async (c) => {
    const { number, instance } = c.req.valid("param");
    const now = clock();
    const patch = { instance, created: "", allotment: "", subject: "", deleted: now.toISOString() };
    const row = isInstance(instance) ? await change(number, patch, c.get("actor"), now) : null;
    if (!row) throw nothingHere();
    return c.body(null, 204);
  });
}

function itemOf({ isTwice: _, aliases, ...seat }: ListedSeat) {
  return aliases ? { ...seat, aliases: [...aliases] } : seat;
}

async function change(
  license: string,
  patch: Omit<Patch, "license" | "version">,
  actor: Actor,
  now: Date,
): Promise<AssignmentRow | null> {
  const changer = { source: ADMIN_SOURCE, actor, now, allOrNothing: true };
  const { answers } = await changeAssignments(license, [{ version: 0, license, ...patch }], changer);
  return answers[0]?.row ?? null;
}

function createdOf({
  instance,
  version,
  allotment,
  subject,
  aliases,
  created,
  source,
  auto,
  lastUsed,
}: AssignmentRow) {
  const row = { instance, version, allotment, subject, created, source, auto, lastUsed };
  return aliases ? { ...row, aliases: [...aliases] } : row;
}
