import { createRoute, z } from "@hono/zod-openapi";
import { BulkAssign, BulkConvert, BulkRelease, BulkResult } from "@/contract/bulk-schemas";
import { licenseNumber } from "@/contract/fields";
import { statusOf } from "@/contract/problem";
import { ALL_REFUSALS } from "@/domain/refusals/all-refusals";
import {
  type BulkItem,
  bulkAssign,
  bulkConvert,
  bulkRelease,
} from "@/server/assignments/changes/bulk-changes";
import { bodyOf, jsonResponse } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";

const ofLicense = z.object({ number: licenseNumber });

const bulk = <Name extends string, Body extends z.ZodType>(
  action: Name,
  body: Body,
  told: { operationId: string; summary: string; description: string },
) =>
  createRoute({
    method: "post",
    path: `/licenses/{number}/assignments/actions/${action}`,
    tags: ["Assignments"],
    middleware: onLicense("assignments.write"),
    request: { params: ofLicense, body: bodyOf(body) },
    responses: { 207: jsonResponse(BulkResult, "A result for each item, in the order sent") },
    ...told,
  });

const assign = bulk("assign", BulkAssign, {
  operationId: "bulkAssign",
  summary: "Assign up to 5,000 seats, each with its own result",
  description:
    "Users who can't get a seat are reported, and the others get theirs. Sent twice it assigns nobody twice: a user who has the seat already is a 200 with its instance. Items of different allotments can be mixed.",
});

const release = bulk("release", BulkRelease, {
  operationId: "bulkRelease",
  summary: "Release up to 5,000 seats, each with its own result",
  description: "Releasing a seat twice is safe. An instance that never existed is a 404.",
});

const convert = bulk("convert", BulkConvert, {
  operationId: "bulkConvert",
  summary: "Move up to 5,000 users to a seat of another allotment",
  description:
    "Nobody loses a seat without getting the other one. `instance` in the result is the new seat. Sent twice it converts nobody twice: the instances of the first request are then a 404.",
});

export function bulkAssignments(app: AdminApp, clock: Clock): void {
  app.openapi(assign, async (c) => {
    const scope = { license: c.req.valid("param").number, actor: c.get("actor"), now: clock() };
    return c.json(resultOf(await bulkAssign(scope, c.req.valid("json").assignments)), 207);
  });
  app.openapi(release, async (c) => {
    const scope = { license: c.req.valid("param").number, actor: c.get("actor"), now: clock() };
    return c.json(resultOf(await bulkRelease(scope, c.req.valid("json").instances)), 207);
  });
  app.openapi(convert, async (c) => {
    const scope = { license: c.req.valid("param").number, actor: c.get("actor"), now: clock() };
    const { instances, allotment } = c.req.valid("json");
    return c.json(resultOf(await bulkConvert(scope, instances, allotment)), 207);
  });
}

function resultOf(items: BulkItem[]): z.input<typeof BulkResult> {
  return {
    items: items.map(({ isNew, refusal, ...seat }) => {
      if (!refusal) return { status: isNew ? 201 : 200, ...seat };
      const { code, sentence: detail } = refusal;
      const { title } = ALL_REFUSALS[code];
      return { status: statusOf(code), ...seat, error: { code, title, detail } };
    }),
  };
}
