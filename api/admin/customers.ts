import { createRoute, z } from "@hono/zod-openapi";
import { query, slice } from "@/contract/fields";
import { Customer, CustomerName } from "@/contract/schemas";
import {
  createCustomer,
  customerById,
  customerTag,
  listCustomers,
  renameCustomer,
} from "@/server/licenses/customers";
import { bodyOf, createdResponse, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock, onCustomer } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const tags = ["Customers"];
const tagged = tag("The tag of the customer's editable fields: send it as If-Match with a change.");
const one = z.object({ id: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/customers",
  operationId: "listCustomers",
  tags,
  summary: "List customers by name",
  middleware: allowed("customers.read"),
  request: { query: z.strictObject({ query, ...slice }) },
  responses: { 200: pageOf(Customer, "Customers") },
});

const create = createRoute({
  method: "post",
  path: "/customers",
  operationId: "createCustomer",
  tags,
  summary: "Create a customer",
  middleware: allowed("customers.write"),
  request: { body: bodyOf(CustomerName) },
  responses: { 201: createdResponse(Customer, "The customer"), ...refusals("NAME_TAKEN") },
});

const read = createRoute({
  method: "get",
  path: "/customers/{id}",
  operationId: "getCustomer",
  tags,
  summary: "Read a customer",
  middleware: onCustomer("customers.read"),
  request: { params: one },
  responses: { 200: { ...jsonResponse(Customer, "The customer"), ...tagged } },
});

const rename = createRoute({
  method: "patch",
  path: "/customers/{id}",
  operationId: "renameCustomer",
  tags,
  summary: "Rename a customer",
  middleware: onCustomer("customers.write"),
  request: { params: one, headers: ifMatch, body: bodyOf(CustomerName) },
  responses: { 200: { ...jsonResponse(Customer, "The customer"), ...tagged }, ...refusals("NAME_TAKEN") },
});

export function customers(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    return c.json(linked(c, await listCustomers(c.get("principal"), c.req.valid("query"))), 200);
  });
  app.openapi(create, async (c) => {
    const customer = await createCustomer(c.req.valid("json").name, c.get("actor"), clock());
    c.header("ETag", etag(customerTag(customer)));
    return c.json(customer, 201, { Location: `/api/v1/admin/customers/${customer.id}` });
  });
  app.openapi(read, async (c) => {
    const { id } = c.req.valid("param");
    const customer = await customerById(id);
    return c.json(customer, 200, { ETag: etag(customerTag(customer)) });
  });
  app.openapi(rename, async (c) => {
    const { id } = c.req.valid("param");
    const { name } = c.req.valid("json");
    const customer = await renameCustomer(id, name, c.get("actor"), clock(), expected(c));
    return c.json(customer, 200, { ETag: etag(customerTag(customer)) });
  });
}
