import { createRoute, z } from "@hono/zod-openapi";
import { licenseNumber } from "@/contract/fields";
import { Notes } from "@/contract/notes-schemas";
import { notesOf, notesTag, saveNotes } from "@/server/licenses/notes";
import { bodyOf, jsonResponse } from "./contract";
import { type AdminApp, type Clock, onCustomer, onLicense } from "./gate";
import { etag, expected, ifMatch, tag } from "./tags";

const ofLicense = z.object({ number: licenseNumber });
const ofCustomer = z.object({ id: z.uuid() });
const tagged = tag("The tag of the notes: send it as If-Match with a change.");
const responses = { 200: { ...jsonResponse(Notes, "The notes"), ...tagged } };

const readOfLicense = createRoute({
  method: "get",
  path: "/licenses/{number}/notes",
  operationId: "getLicenseNotes",
  tags: ["Licenses"],
  summary: "Read the notes of a license: contract number, contact, text and metadata",
  middleware: onLicense("notes.read"),
  request: { params: ofLicense },
  responses,
});

const writeOfLicense = createRoute({
  method: "put",
  path: "/licenses/{number}/notes",
  operationId: "putLicenseNotes",
  tags: ["Licenses"],
  summary: "Replace the notes of a license",
  middleware: onLicense("notes.write"),
  request: { params: ofLicense, headers: ifMatch, body: bodyOf(Notes) },
  responses,
});

const readOfCustomer = createRoute({
  method: "get",
  path: "/customers/{id}/notes",
  operationId: "getCustomerNotes",
  tags: ["Customers"],
  summary: "Read the notes of a customer: contract number, contact, text and metadata",
  middleware: onCustomer("notes.read"),
  request: { params: ofCustomer },
  responses,
});

const writeOfCustomer = createRoute({
  method: "put",
  path: "/customers/{id}/notes",
  operationId: "putCustomerNotes",
  tags: ["Customers"],
  summary: "Replace the notes of a customer",
  middleware: onCustomer("notes.write"),
  request: { params: ofCustomer, headers: ifMatch, body: bodyOf(Notes) },
  responses,
});

/** What people note about licenses and customers. Lists find it by their query. */
export function notes(app: AdminApp, clock: Clock): void {
  app.openapi(readOfLicense, async (c) => {
    const found = await notesOf({ license: c.req.valid("param").number });
    return c.json(found, 200, { ETag: etag(notesTag(found)) });
  });
  app.openapi(writeOfLicense, async (c) => {
    const holder = { license: c.req.valid("param").number };
    const saved = await saveNotes(holder, c.req.valid("json"), expected(c), c.get("actor"), clock());
    return c.json(saved, 200, { ETag: etag(notesTag(saved)) });
  });
  app.openapi(readOfCustomer, async (c) => {
    const found = await notesOf({ customer: c.req.valid("param").id });
    return c.json(found, 200, { ETag: etag(notesTag(found)) });
  });
  app.openapi(writeOfCustomer, async (c) => {
    const holder = { customer: c.req.valid("param").id };
    const saved = await saveNotes(holder, c.req.valid("json"), expected(c), c.get("actor"), clock());
    return c.json(saved, 200, { ETag: etag(notesTag(saved)) });
  });
}
