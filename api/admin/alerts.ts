import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Alert, AlertRules, alertKind, alertState, NewAlertRules } from "@/contract/alert-schemas";
import { licenseNumber, slice } from "@/contract/fields";
import {
  installationRules,
  licenseRules,
  type AlertRules as Rules,
  rulesTag,
  saveRules,
} from "@/server/alerts/alert-rules";
import { acknowledgeAlert, listAlerts } from "@/server/alerts/alerts";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { bodyOf, empty, jsonResponse, pageOf } from "./contract";
import { type AdminApp, allowed, type Clock, onLicense } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const tags = ["Alerts"];
const ofLicense = z.object({ number: licenseNumber });
const tagged = tag("The tag of the rules: send it as If-Match with a change.");
const rulesResponse = { 200: { ...jsonResponse(AlertRules, "The rules"), ...tagged } };

const list = createRoute({
  method: "get",
  path: "/alerts",
  operationId: "listAlerts",
  tags,
  summary: "List alerts, newest first",
  middleware: allowed("alerts.read"),
  request: {
    query: z.strictObject({
      state: alertState.optional(),
      license: licenseNumber.optional(),
      kind: alertKind.optional(),
      ...slice,
    }),
  },
  responses: { 200: pageOf(Alert, "Alerts") },
});

const acknowledge = createRoute({
  method: "post",
  path: "/alerts/{id}/acknowledge",
  operationId: "acknowledgeAlert",
  tags,
  summary: "Acknowledge an alert: somebody is taking care of it",
  description: "Alerts below it about the same thing are acknowledged too. Doing it again changes nothing.",
  middleware: allowed("alerts.write"),
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: jsonResponse(Alert, "The alert") },
});

const readDefaults = createRoute({
  method: "get",
  path: "/alert-rules",
  operationId: "getAlertRules",
  tags,
  summary: "Read the alert rules of the installation, which apply to every license without its own",
  middleware: allowed("alert-defaults.read"),
  responses: rulesResponse,
});

const saveDefaults = createRoute({
  method: "put",
  path: "/alert-rules",
  operationId: "saveAlertRules",
  tags,
  summary: "Replace the alert rules of the installation",
  middleware: allowed("alert-defaults.write"),
  request: { headers: ifMatch, body: bodyOf(NewAlertRules) },
  responses: rulesResponse,
});

const resetDefaults = createRoute({
  method: "delete",
  path: "/alert-rules",
  operationId: "resetAlertRules",
  tags,
  summary: "Return to Signet's own alert rules",
  middleware: allowed("alert-defaults.write"),
  request: { headers: ifMatch },
  responses: { 204: empty },
});

const read = createRoute({
  method: "get",
  path: "/licenses/{number}/alert-rules",
  operationId: "getLicenseAlertRules",
  tags,
  summary: "Read the alert rules of a license",
  middleware: onLicense("alerts.read"),
  request: { params: ofLicense },
  responses: rulesResponse,
});

const save = createRoute({
  method: "put",
  path: "/licenses/{number}/alert-rules",
  operationId: "saveLicenseAlertRules",
  tags,
  summary: "Give a license its own alert rules",
  middleware: onLicense("alerts.write"),
  request: { params: ofLicense, headers: ifMatch, body: bodyOf(NewAlertRules) },
  responses: rulesResponse,
});

const reset = createRoute({
  method: "delete",
  path: "/licenses/{number}/alert-rules",
  operationId: "resetLicenseAlertRules",
  tags,
  summary: "Return a license to the alert rules of the installation",
  middleware: onLicense("alerts.write"),
  request: { params: ofLicense, headers: ifMatch },
  responses: { 204: empty },
});

export function alerts(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) =>
    c.json(linked(c, await listAlerts(c.get("principal"), c.req.valid("query"))), 200),
  );
  app.openapi(acknowledge, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await acknowledgeAlert(c.get("principal"), id, c.get("actor"), clock()), 200);
  });
  app.openapi(readDefaults, async (c) => withTag(c, await installationRules()));
  app.openapi(saveDefaults, async (c) => {
    const { rules } = c.req.valid("json");
    await saveRules(INSTALLATION, rules, expected(c), c.get("actor"), clock());
    return withTag(c, await installationRules());
  });
  app.openapi(resetDefaults, async (c) => {
    await saveRules(INSTALLATION, null, expected(c), c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(read, async (c) => withTag(c, await licenseRules(c.req.valid("param").number)));
  app.openapi(save, async (c) => {
    const { number } = c.req.valid("param");
    await saveRules(number, c.req.valid("json").rules, expected(c), c.get("actor"), clock());
    return withTag(c, await licenseRules(number));
  });
  app.openapi(reset, async (c) => {
    await saveRules(c.req.valid("param").number, null, expected(c), c.get("actor"), clock());
    return c.body(null, 204);
  });
}

function withTag(c: Context, rules: Rules) {
  return c.json({ ...rules, rules: [...rules.rules] }, 200, { ETag: etag(rulesTag(rules)) });
}
