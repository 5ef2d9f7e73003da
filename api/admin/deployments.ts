import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber, line, query, slice } from "@/contract/fields";
import { Deployment, DeploymentName, Rejection, suspicionCode } from "@/contract/schemas";
import { DEPLOYMENT_SORTS, DEPLOYMENT_STATES } from "@/domain/deployment-pulse";
import { listRejections } from "@/server/assignments/lists/rejections";
import { listDeployments } from "@/server/deployments/deployment-list";
import {
  deploymentBySource,
  deploymentTag,
  forgetDeployment,
  renameDeployment,
} from "@/server/deployments/deployments";
import { clearSuspicion } from "@/server/deployments/suspicions";
import { bodyOf, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const ofLicense = z.object({ number: licenseNumber });
const one = ofLicense.extend({ source: z.string() });
const tagged = tag("The tag of the deployment's name: send it as If-Match with a change.");

const list = createRoute({
  method: "get",
  path: "/licenses/{number}/deployments",
  operationId: "listDeployments",
  tags: ["Deployments"],
  summary: "List deployments, last seen first",
  middleware: onLicense("deployments.read"),
  request: {
    params: ofLicense,
    query: z.strictObject({
      query,
      state: z.enum(DEPLOYMENT_STATES).optional(),
      product: line.optional(),
      sort: z.enum(DEPLOYMENT_SORTS.flatMap((name) => [name, `-${name}` as const])).optional(),
      ...slice,
    }),
  },
  responses: { 200: pageOf(Deployment, "Deployments") },
});

const read = createRoute({
  method: "get",
  path: "/licenses/{number}/deployments/{source}",
  operationId: "getDeployment",
  tags: ["Deployments"],
  summary: "Read a deployment",
  middleware: onLicense("deployments.read"),
  request: { params: one },
  responses: { 200: { ...jsonResponse(Deployment, "The deployment"), ...tagged } },
});

const rename = createRoute({
  method: "patch",
  path: "/licenses/{number}/deployments/{source}",
  operationId: "renameDeployment",
  tags: ["Deployments"],
  summary: "Rename a deployment",
  middleware: onLicense("deployments.write"),
  request: { params: one, headers: ifMatch, body: bodyOf(DeploymentName) },
  responses: { 200: { ...jsonResponse(Deployment, "The deployment"), ...tagged } },
});

const clear = createRoute({
  method: "delete",
  path: "/licenses/{number}/deployments/{source}/suspicions/{code}",
  operationId: "clearSuspicion",
  tags: ["Deployments"],
  summary: "Clear a suspicion; it returns if there is new evidence",
  middleware: onLicense("deployments.write"),
  request: { params: one.extend({ code: suspicionCode }) },
  responses: { 200: jsonResponse(Deployment, "The deployment without the suspicion") },
});

const forget = createRoute({
  method: "delete",
  path: "/licenses/{number}/deployments/{source}",
  operationId: "forgetDeployment",
  tags: ["Deployments"],
  summary: "Forget a deployment that hasn't called for 30 days; its usage stays counted",
  description:
    "Dual use that was accepted for it is withdrawn, so that its place on the offer is free again.",
  middleware: onLicense("deployments.write"),
  request: { params: one },
  responses: { 204: empty, ...refusals("DEPLOYMENT_ALIVE") },
});

const rejections = createRoute({
  method: "get",
  path: "/licenses/{number}/rejections",
  operationId: "listRejections",
  tags: ["Rejections"],
  summary: "List rejected assignments, newest first",
  middleware: onLicense("rejections.read"),
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(Rejection, "Rejections") },
});

export function deployments(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) =>
    c.json(linked(c, await listDeployments(c.req.valid("param").number, c.req.valid("query"), clock())), 200),
  );
  app.openapi(read, async (c) => {
    const { number, source } = c.req.valid("param");
    const deployment = await deploymentBySource(number, source);
    return c.json(deployment, 200, { ETag: etag(deploymentTag(deployment)) });
  });
  app.openapi(rename, async (c) => {
    const { number, source } = c.req.valid("param");
    const { name } = c.req.valid("json");
    const known = { expected: expected(c) };
    const deployment = await renameDeployment(number, source, name, c.get("actor"), clock(), known);
    return c.json(deployment, 200, { ETag: etag(deploymentTag(deployment)) });
  });
  app.openapi(clear, async (c) => {
    const { number, source, code } = c.req.valid("param");
    return c.json(await clearSuspicion(number, source, code, c.get("actor"), clock()), 200);
  });
  app.openapi(forget, async (c) => {
    const { number, source } = c.req.valid("param");
    await forgetDeployment(number, source, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(rejections, async (c) =>
    c.json(linked(c, await listRejections(c.req.valid("param").number, c.req.valid("query"))), 200),
  );
}
