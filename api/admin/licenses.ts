import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Definition, DefinitionEffect } from "@/contract/definition-schemas";
import { flag, licenseNumber, query, slice, sortBy } from "@/contract/fields";
import { License, LicenseChange, LicenseSummary, NewLicense } from "@/contract/license-schemas";
import { Refusal } from "@/domain/refusals/refusal";
import { allowOnLicense } from "@/server/access/gate";
import { correctDefinition } from "@/server/licenses/definition-corrections";
import { changeLicense, isOwnSetting } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { LICENSE_SORTS, listLicenses } from "@/server/licenses/license-list";
import { licenseTag } from "@/server/licenses/license-tag";
import { createLicense, licenseByNumber } from "@/server/licenses/licenses";
import type { Expected } from "@/server/store/entity-tag";
import { bodyOf, createdResponse, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock, onLicense } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, ifMatchRequired, tag } from "./tags";

const tags = ["Licenses"];
const one = z.object({ number: licenseNumber });
const tagged = tag("The tag of the whole license: send it as If-Match with a change.");
const filter = z.strictObject({
  query,
  customer: z.uuid().optional(),
  status: z.enum(["active", "suspended", "revoked"]).optional(),
  sort: sortBy(LICENSE_SORTS),
  ...slice,
});

const list = createRoute({
  method: "get",
  path: "/licenses",
  operationId: "listLicenses",
  tags,
  summary: "List licenses, newest first",
  middleware: allowed("licenses.read"),
  request: { query: filter },
  responses: { 200: pageOf(LicenseSummary, "Licenses") },
});

const create = createRoute({
  method: "post",
  path: "/licenses",
  operationId: "createLicense",
  tags,
  summary: "Create a license",
  middleware: allowed("licenses.write"),
  request: { body: bodyOf(NewLicense) },
  responses: {
    201: createdResponse(License, "The license"),
    ...refusals("NUMBER_TAKEN", "NAME_TAKEN", "CHANGED_MEANWHILE"),
  },
});

const read = createRoute({
  method: "get",
  path: "/licenses/{number}",
  operationId: "getLicense",
  tags,
  summary: "Read a license with its definition",
  middleware: onLicense("licenses.read"),
  request: { params: one },
  responses: { 200: { ...jsonResponse(License, "The license"), ...tagged } },
});

const change = createRoute({
  method: "patch",
  path: "/licenses/{number}",
  operationId: "changeLicense",
  tags,
  summary: "Change status, settings, validity or products",
  middleware: onLicense("settings.write"),
  request: { params: one, headers: ifMatch, body: bodyOf(LicenseChange) },
  responses: {
    200: { ...jsonResponse(License, "The license"), ...tagged },
    ...refusals("ALREADY_REVOKED", "SUBJECT_MATCHING_IN_USE"),
  },
});

const define = createRoute({
  method: "put",
  path: "/licenses/{number}/definition",
  operationId: "putDefinition",
  tags,
  summary: "Put a definition in force, or preview with dryRun",
  middleware: onLicense("licenses.write"),
  request: {
    params: one,
    headers: ifMatchRequired,
    query: z.strictObject({
      dryRun: flag.optional(),
      correction: flag.optional().openapi({
        description: "Replaces the definition in force for every month that has not ended.",
      }),
    }),
    body: bodyOf(Definition),
  },
  responses: {
    200: { ...jsonResponse(DefinitionEffect, "What it changes"), ...tag("The version.") },
    ...refusals("NOTHING_TO_CORRECT", "USAGE_CLASS_FIXED"),
  },
});

export function licenses(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) =>
    c.json(linked(c, await listLicenses(c.get("principal"), c.req.valid("query"), clock())), 200),
  );
  app.openapi(create, async (c) => {
    const license = await createLicense(c.req.valid("json"), c.get("actor"), clock());
    c.header("ETag", etag(licenseTag(license)));
    return c.json(license, 201, { Location: `/api/v1/admin/licenses/${license.number}` });
  });
  app.openapi(read, async (c) => {
    const license = await licenseByNumber(c.req.valid("param").number, clock());
    return c.json(license, 200, { ETag: etag(licenseTag(license)) });
  });
  app.openapi(change, async (c) => {
    const wanted = c.req.valid("json");
    const { number } = c.req.valid("param");
    if (!isOwnSetting(wanted)) await allowOnLicense(c.get("principal"), "licenses.write", number);
    const license = await changeLicense(number, wanted, expected(c), c.get("actor"), clock());
    return c.json(license, 200, { ETag: etag(licenseTag(license)) });
  });
  app.openapi(define, async (c) => {
    const { number } = c.req.valid("param");
    const { dryRun = false, correction = false } = c.req.valid("query");
    const known = required(c);
    const put = correction ? correctDefinition : putDefinition;
    const effect = await put(number, c.req.valid("json"), known, dryRun, c.get("actor"), clock());
    return c.json(effect, 200, dryRun ? {} : { ETag: etag(effect.version) });
  });
}

function required(c: Context): Expected {
  if (c.req.header("If-Match") !== undefined) return expected(c);
  throw new Refusal(
    "IF_MATCH_REQUIRED",
    'Send the version that you read as `If-Match: "<version>"`, so that no other change is lost.',
  );
}
