import { createRoute, z } from "@hono/zod-openapi";
import { jsonResponse, refusals } from "@/api/admin/contract";
import { AccessTypeInfo, AccessTypeOverview, QrsAccess, QrsLicense } from "@/contract/qrs-schemas";
import { ACCESS_TYPES } from "@/domain/qrs/access-types";

const XRFKEY = "16 letters and digits, the same in the query and in the header.";
const example = "0123456789abcdef";
const keyed = {
  query: z.object({ xrfkey: z.string().openapi({ description: XRFKEY, example }) }),
  headers: z.object({ "x-qlik-xrfkey": z.string().openapi({ description: XRFKEY, example }) }),
};
const facade = {
  tags: ["Repository service facade"],
  description: "Served with QRS_FACADE=on, in upper or lower case, also after `/l/<license number>`.",
};
const refused = refusals("INVALID_XRFKEY", "LICENSE_NOT_NAMED", "NOT_FOUND");
const withId = { ...keyed, params: z.object({ id: z.uuid() }) };

/** The part of a client-managed repository service's API that the facade serves. */
export const FACADE = [
  createRoute({
    method: "get",
    path: "/qrs/license",
    operationId: "getQrsLicense",
    ...facade,
    summary: "Read the license, without its key",
    request: keyed,
    responses: { 200: jsonResponse(QrsLicense, "The license"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/qrs/license/accesstypeinfo",
    operationId: "getQrsAccessTypeInfo",
    ...facade,
    summary: "Read how many seats are taken, counted as tokens",
    request: keyed,
    responses: { 200: jsonResponse(AccessTypeInfo, "The counts"), ...refused },
  }),
  createRoute({
    method: "get",
    path: "/qrs/license/accesstypeoverview",
    operationId: "getQrsAccessTypeOverview",
    ...facade,
    summary: "Read how many seats and minutes there are and are taken",
    request: keyed,
    responses: { 200: jsonResponse(AccessTypeOverview, "The counts"), ...refused },
  }),
  ...ACCESS_TYPES.flatMap((type) => {
    const path = `/qrs/license/${type}accesstype`;
    const Name = type === "professional" ? "Professional" : "Analyzer";
    return [
      createRoute({
        method: "get",
        path,
        operationId: `listQrs${Name}Accesses`,
        ...facade,
        summary: `List ${type} seats`,
        request: keyed,
        responses: { 200: jsonResponse(z.array(QrsAccess), "All of them"), ...refused },
      }),
      createRoute({
        method: "get",
        path: `${path}/count`,
        operationId: `countQrs${Name}Accesses`,
        ...facade,
        summary: `Count ${type} seats`,
        request: keyed,
        responses: { 200: jsonResponse(z.object({ value: z.int() }), "The count"), ...refused },
      }),
      createRoute({
        method: "get",
        path: `${path}/{id}`,
        operationId: `getQrs${Name}Access`,
        ...facade,
        summary: `Read one ${type} seat`,
        request: withId,
        responses: { 200: jsonResponse(QrsAccess, "The seat"), ...refused },
      }),
      createRoute({
        method: "delete",
        path: `${path}/{id}`,
        operationId: `releaseQrs${Name}Access`,
        ...facade,
        summary: `Release a ${type} seat`,
        request: withId,
        responses: { 204: { description: "Released." }, ...refused },
      }),
    ];
  }),
];
