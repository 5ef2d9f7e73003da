import { createRoute, z } from "@hono/zod-openapi";
import {
  DualUseOffer,
  DualUseOfferChange,
  DualUseRejection,
  DualUseRequest,
  NewDualUseOffer,
  requestState,
} from "@/contract/dual-use-schemas";
import { licenseNumber, slice } from "@/contract/fields";
import {
  changeDualUseOffer,
  dualUseOfferById,
  listDualUseOffers,
  offerDualUse,
  withdrawDualUseOffer,
} from "@/server/dual-use/dual-use-offers";
import {
  acceptDualUse,
  listDualUseRequests,
  rejectDualUse,
  withdrawDualUse,
} from "@/server/dual-use/dual-use-requests";
import { offerTag } from "@/server/dual-use/dual-use-terms";
import { bodyOf, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, type Clock, onLicense } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const tags = ["Dual use"];
const ofLicense = z.object({ number: licenseNumber });
const one = ofLicense.extend({ id: z.uuid() });

const listOffers = createRoute({
  method: "get",
  path: "/licenses/{number}/dual-use-offers",
  operationId: "listDualUseOffers",
  tags,
  summary: "List a license's dual-use offers, newest first",
  middleware: onLicense("dual-use.read"),
  request: { params: ofLicense, query: z.strictObject(slice) },
  responses: { 200: pageOf(DualUseOffer, "Offers") },
});

const tagged = tag("The tag of the offer's editable fields: send it as If-Match with a change.");

const readOffer = createRoute({
  method: "get",
  path: "/licenses/{number}/dual-use-offers/{id}",
  operationId: "getDualUseOffer",
  tags,
  summary: "Read an offer",
  middleware: onLicense("dual-use.read"),
  request: { params: one },
  responses: { 200: { ...jsonResponse(DualUseOffer, "The offer"), ...tagged } },
});

const offer = createRoute({
  method: "post",
  path: "/licenses/{number}/dual-use-offers",
  operationId: "createDualUseOffer",
  tags,
  summary: "Offer dual use: deployments of other products can join the license once an admin accepts each",
  middleware: onLicense("dual-use.offer"),
  request: { params: ofLicense, body: bodyOf(NewDualUseOffer) },
  responses: { 201: { ...jsonResponse(DualUseOffer, "The offer"), ...tagged } },
});

const change = createRoute({
  method: "patch",
  path: "/licenses/{number}/dual-use-offers/{id}",
  operationId: "changeDualUseOffer",
  tags,
  summary: "Change the count, end or note of an offer; accepted deployments stay",
  middleware: onLicense("dual-use.offer"),
  request: { params: one, headers: ifMatch, body: bodyOf(DualUseOfferChange) },
  responses: {
    200: { ...jsonResponse(DualUseOffer, "The offer"), ...tagged },
    ...refusals("OFFER_ENDED"),
  },
});

const withdrawOffer = createRoute({
  method: "delete",
  path: "/licenses/{number}/dual-use-offers/{id}",
  operationId: "withdrawDualUseOffer",
  tags,
  summary: "Withdraw an offer and every acceptance on it; the deployments stop at their next contact",
  middleware: onLicense("dual-use.offer"),
  request: { params: one },
  responses: { 204: empty },
});

const listRequests = createRoute({
  method: "get",
  path: "/licenses/{number}/dual-use-requests",
  operationId: "listDualUseRequests",
  tags,
  summary: "List dual-use requests, waiting ones first",
  middleware: onLicense("dual-use.read"),
  request: { params: ofLicense, query: z.strictObject({ ...slice, state: requestState.optional() }) },
  responses: { 200: pageOf(DualUseRequest, "Requests") },
});

const accept = createRoute({
  method: "post",
  path: "/licenses/{number}/dual-use-requests/{id}/accept",
  operationId: "acceptDualUseRequest",
  tags,
  summary: "Accept a request; the deployment joins at its next contact",
  middleware: onLicense("dual-use.decide"),
  request: { params: one },
  responses: {
    200: jsonResponse(DualUseRequest, "The request"),
    ...refusals("OFFER_FULL", "OFFER_ENDED"),
  },
});

const CHANGED = refusals("CHANGED_MEANWHILE");

const reject = createRoute({
  method: "post",
  path: "/licenses/{number}/dual-use-requests/{id}/reject",
  operationId: "rejectDualUseRequest",
  tags,
  summary: "Reject a waiting deployment; the product shows the reason",
  middleware: onLicense("dual-use.decide"),
  request: { params: one, body: bodyOf(DualUseRejection) },
  responses: { 200: jsonResponse(DualUseRequest, "The request"), ...CHANGED },
});

const withdraw = createRoute({
  method: "post",
  path: "/licenses/{number}/dual-use-requests/{id}/withdraw",
  operationId: "withdrawDualUseRequest",
  tags,
  summary: "Withdraw an acceptance; the deployment stops at its next contact, and users keep their seats",
  middleware: onLicense("dual-use.decide"),
  request: { params: one },
  responses: { 200: jsonResponse(DualUseRequest, "The request"), ...CHANGED },
});

export function dualUse(app: AdminApp, clock: Clock): void {
  offers(app, clock);
  app.openapi(listRequests, async (c) => {
    return c.json(
      linked(c, await listDualUseRequests(c.req.valid("param").number, c.req.valid("query"))),
      200,
    );
  });
  app.openapi(accept, async (c) => {
    const { number, id } = c.req.valid("param");
    return c.json(await acceptDualUse(number, id, c.get("actor"), clock()), 200);
  });
  app.openapi(reject, async (c) => {
    const { number, id } = c.req.valid("param");
    const { reason } = c.req.valid("json");
    return c.json(await rejectDualUse(number, id, reason, c.get("actor"), clock()), 200);
  });
  app.openapi(withdraw, async (c) => {
    const { number, id } = c.req.valid("param");
    return c.json(await withdrawDualUse(number, id, c.get("actor"), clock()), 200);
  });
}

function offers(app: AdminApp, clock: Clock): void {
  app.openapi(listOffers, async (c) =>
    c.json(
      linked(c, await listDualUseOffers(c.req.valid("param").number, c.req.valid("query"), clock())),
      200,
    ),
  );
  app.openapi(readOffer, async (c) => {
    const { number, id } = c.req.valid("param");
    const found = await dualUseOfferById(number, id, clock());
    return c.json(found, 200, { ETag: etag(offerTag(found)) });
  });
  app.openapi(offer, async (c) => {
    const { number } = c.req.valid("param");
    const made = await offerDualUse(number, c.req.valid("json"), c.get("actor"), clock());
    return c.json(made, 201, { ETag: etag(offerTag(made)) });
  });
  app.openapi(change, async (c) => {
    const { number, id } = c.req.valid("param");
    const wanted = c.req.valid("json");
    const known = { expected: expected(c) };
    const changed = await changeDualUseOffer(number, id, wanted, c.get("actor"), clock(), known);
    return c.json(changed, 200, { ETag: etag(offerTag(changed)) });
  });
  app.openapi(withdrawOffer, async (c) => {
    const { number, id } = c.req.valid("param");
    await withdrawDualUseOffer(number, id, c.get("actor"), clock());
    return c.body(null, 204);
  });
}
