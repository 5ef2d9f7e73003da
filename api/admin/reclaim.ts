import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { licenseNumber, newName, slice } from "@/contract/fields";
import {
  NewReclaimExemption,
  NewReclaimRule,
  ReclaimExemption,
  ReclaimPreview,
  ReclaimRule,
  ReclaimRun,
  ReclaimRunSeats,
  SeatsRestored,
} from "@/contract/reclaim-schemas";
import { cancelRun } from "@/server/reclaim/cancelling";
import { addExemption, listExemptions, removeExemption } from "@/server/reclaim/exemptions";
import { previewRun } from "@/server/reclaim/planning";
import {
  type AllotmentRule,
  listReclaimRules,
  reclaimRule,
  ruleTag,
  saveReclaimRule,
} from "@/server/reclaim/reclaim-rules";
import { listRuns, runWithSeats } from "@/server/reclaim/runs";
import { undoRun } from "@/server/reclaim/undoing";
import { bodyOf, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const tags = ["Reclaim"];
const ofLicense = z.object({ number: licenseNumber });
const one = ofLicense.extend({ id: z.uuid() });
const ofAllotment = ofLicense.extend({ allotment: newName });
const reading = onLicense("assignments.read");
const writing = onLicense("assignments.write");

const tagged = tag("The tag of the rule's settings: send it as If-Match with a change.");
const ruleResponse = {
  200: { ...jsonResponse(ReclaimRule, "The rule"), ...tagged },
  ...refusals("NOT_ASSIGNABLE"),
};

const listRules = createRoute({
  method: "get",
  path: "/licenses/{number}/reclaim-rules",
  operationId: "listReclaimRules",
  tags,
  summary: "List the rules that release unused seats, one for each allotment with seats, by its name",
  middleware: reading,
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(ReclaimRule, "The rules") },
});

const readRule = createRoute({
  method: "get",
  path: "/licenses/{number}/reclaim-rules/{allotment}",
  operationId: "getReclaimRule",
  tags,
  summary: "Read the rule of an allotment; one that was never saved is off",
  middleware: reading,
  request: { params: ofAllotment },
  responses: ruleResponse,
});

const saveRule = createRoute({
  method: "put",
  path: "/licenses/{number}/reclaim-rules/{allotment}",
  operationId: "saveReclaimRule",
  tags,
  summary: "Save the rule of an allotment",
  middleware: writing,
  request: { params: ofAllotment, headers: ifMatch, body: bodyOf(NewReclaimRule) },
  responses: ruleResponse,
});

const preview = createRoute({
  method: "post",
  path: "/licenses/{number}/reclaim-rules/{allotment}/preview",
  operationId: "previewReclaimRule",
  tags,
  summary: "List the seats that a rule would announce now; nothing is saved or released",
  middleware: reading,
  request: { params: ofAllotment, body: bodyOf(NewReclaimRule) },
  responses: {
    200: jsonResponse(ReclaimPreview, "What the rule would announce"),
    ...refusals("NOT_ASSIGNABLE"),
  },
});

const listEntries = createRoute({
  method: "get",
  path: "/licenses/{number}/reclaim-exemptions",
  operationId: "listReclaimExemptions",
  tags,
  summary: "List the users whose seats no rule releases, the first added first",
  middleware: reading,
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(ReclaimExemption, "The never-release list") },
});

const addEntry = createRoute({
  method: "post",
  path: "/licenses/{number}/reclaim-exemptions",
  operationId: "addReclaimExemption",
  tags,
  summary: "Add a user, a pattern or a directory to the never-release list",
  description: "An entry that is in the list already is returned as it is. A license can have 500.",
  middleware: writing,
  request: { params: ofLicense, body: bodyOf(NewReclaimExemption) },
  responses: { 201: jsonResponse(ReclaimExemption, "The entry") },
});

const removeEntry = createRoute({
  method: "delete",
  path: "/licenses/{number}/reclaim-exemptions/{id}",
  operationId: "removeReclaimExemption",
  tags,
  summary: "Remove an entry of the never-release list",
  middleware: writing,
  request: { params: one },
  responses: { 204: empty },
});

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/reclaim-runs",
  operationId: "listReclaimRuns",
  tags,
  summary: "List the runs of a license's rules, newest first",
  middleware: reading,
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(ReclaimRun, "Runs") },
});

const read = createRoute({
  method: "get",
  path: "/licenses/{number}/reclaim-runs/{id}",
  operationId: "getReclaimRun",
  tags,
  summary: "Read a run with its seats",
  middleware: reading,
  request: { params: one },
  responses: { 200: jsonResponse(ReclaimRunSeats, "The run") },
});

const cancel = createRoute({
  method: "post",
  path: "/licenses/{number}/reclaim-runs/{id}/cancel",
  operationId: "cancelReclaimRun",
  tags,
  summary: "Cancel an announced release; a later run announces its seats again",
  middleware: writing,
  request: { params: one },
  responses: { 204: empty, ...refusals("CHANGED_MEANWHILE") },
});

const undo = createRoute({
  method: "post",
  path: "/licenses/{number}/reclaim-runs/{id}/undo",
  operationId: "undoReclaimRun",
  tags,
  summary: "Restore the seats that a run released, within 7 days and as far as units are free",
  middleware: writing,
  request: { params: one },
  responses: {
    200: jsonResponse(SeatsRestored, "How many seats were restored"),
    ...refusals(
      "CHANGED_MEANWHILE",
      "UNDO_OVER",
      "NO_AVAILABLE_UNITS",
      "LICENSE_NOT_VALID",
      "UNKNOWN_ALLOTMENT",
    ),
  },
});

export function reclaim(app: AdminApp, clock: Clock): void {
  rules(app, clock);
  exemptions(app, clock);
  app.openapi(list, async (c) =>
    c.json(linked(c, await listRuns(c.req.valid("param").number, c.req.valid("query"))), 200),
  );
  app.openapi(read, async (c) => {
    const { number, id } = c.req.valid("param");
    return c.json(await runWithSeats(number, id), 200);
  });
  app.openapi(cancel, async (c) => {
    const { number, id } = c.req.valid("param");
    await cancelRun(number, id, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(undo, async (c) => {
    const { number, id } = c.req.valid("param");
    return c.json(await undoRun(number, id, c.get("actor"), clock()), 200);
  });
}

function rules(app: AdminApp, clock: Clock): void {
  app.openapi(listRules, async (c) => {
    const { number } = c.req.valid("param");
    return c.json(linked(c, await listReclaimRules(number, c.req.valid("query"), clock())), 200);
  });
  app.openapi(readRule, async (c) => {
    const { number, allotment } = c.req.valid("param");
    return withTag(c, await reclaimRule(number, allotment, clock()));
  });
  app.openapi(saveRule, async (c) => {
    const { number, allotment } = c.req.valid("param");
    const wanted = c.req.valid("json");
    return withTag(c, await saveReclaimRule(number, allotment, wanted, expected(c), c.get("actor"), clock()));
  });
  app.openapi(preview, async (c) => {
    const { number, allotment } = c.req.valid("param");
    const wanted = c.req.valid("json");
    return c.json(await previewRun(number, allotment, wanted, clock()), 200);
  });
}

function exemptions(app: AdminApp, clock: Clock): void {
  app.openapi(listEntries, async (c) =>
    c.json(linked(c, await listExemptions(c.req.valid("param").number, c.req.valid("query"))), 200),
  );
  app.openapi(addEntry, async (c) => {
    const { number } = c.req.valid("param");
    return c.json(await addExemption(number, c.req.valid("json"), c.get("actor"), clock()), 201);
  });
  app.openapi(removeEntry, async (c) => {
    const { number, id } = c.req.valid("param");
    await removeExemption(number, id, c.get("actor"), clock());
    return c.body(null, 204);
  });
}

function withTag(c: Context, rule: AllotmentRule) {
  return c.json(rule, 200, { ETag: etag(ruleTag(rule)) });
}
