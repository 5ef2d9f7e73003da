import { z } from "@hono/zod-openapi";
import { DUAL_USE_PRODUCT, DUAL_USE_STATES } from "@/domain/dual-use";
import { PRODUCT_CODE } from "@/domain/user-agent";
import { line, newName, time } from "./fields";

const nothing = z.null();
const COUNT = "Write a whole number from 1 to 10,000, or null for any number.";
const CODES = "List 1 to 50 product codes.";

const product = z
  .string()
  .regex(PRODUCT_CODE, "Write a product code of letters, digits, - and _, such as QV.")
  .max(200)
  .openapi({ example: DUAL_USE_PRODUCT });
const products = z.array(product, CODES).min(1, CODES).max(50, CODES);
const deployments = z
  .union([z.int(COUNT).min(1, COUNT).max(10_000, COUNT), nothing], COUNT)
  .openapi({ description: "How many deployments can be accepted; null is any number.", example: 2 });
const until = z.union([z.iso.date("Write a day as YYYY-MM-DD, or null for no end."), nothing]).openapi({
  description: "The last UTC day on which a request can be accepted; null has no end.",
  example: null,
});

const terms = { deployments, until, note: line.openapi({ example: "Order 4711" }) };

/** The terms of an offer that can be changed, and the state that a browser says it saw. */
export const OfferTerms = z.strictObject(terms);

export const NewDualUseOffer = z
  .strictObject({
    products: products.default([DUAL_USE_PRODUCT]),
    deployments: deployments.default(null),
    until: until.default(null),
    note: terms.note.default(""),
  })
  .openapi("NewDualUseOffer", {
    example: { products: [DUAL_USE_PRODUCT], deployments: 2, until: null, note: "Order 4711" },
  });

export const DualUseOfferChange = OfferTerms.partial().openapi("DualUseOfferChange");

export const DualUseOffer = z
  .object({
    id: z.uuid(),
    products: z.array(z.string()),
    ...terms,
    state: z.enum(["open", "withdrawn"]),
    ended: z.boolean().openapi({ description: "Whether its last day has passed." }),
    accepted: z.int().openapi({ description: "How many deployments are accepted on it." }),
    created: time,
  })
  .openapi("DualUseOffer");

export const requestState = z.enum(DUAL_USE_STATES);

export const DualUseRequest = z
  .object({
    id: z.uuid(),
    source: z.string(),
    product: z.string(),
    state: requestState,
    reason: z.union([z.string(), nothing]).openapi({ description: "Why it was rejected." }),
    offer: z.union([z.uuid(), nothing]).openapi({ description: "The offer under which it is accepted." }),
    version: z.union([z.string(), nothing]),
    os: z.union([z.string(), nothing]),
    address: z.union([z.string(), nothing]),
    first: time,
    last: time,
    decided: z.union([time, nothing]),
    decidedBy: z.union([
      z.object({ kind: z.enum(["user", "token", "product", "system"]), id: z.string() }),
      nothing,
    ]),
  })
  .openapi("DualUseRequest", {
    example: {
      id: "019a8f00-0000-7000-8000-000000000001",
      source: "b6f4a1b2-3c4d-4e5f-8a9b-0c1d2e3f4a5b",
      product: DUAL_USE_PRODUCT,
      state: "waiting",
      reason: null,
      offer: null,
      version: "1.6.4",
      os: "windows",
      address: "192.0.2.7",
      first: "2026-11-28T12:00:00.000Z",
      last: "2026-11-28T12:10:00.000Z",
      decided: null,
      decidedBy: null,
    },
  });

export const DualUseRejection = z
  .strictObject({
    reason: newName.openapi({ description: "Shown by the product.", example: "This deployment is moving." }),
  })
  .openapi("DualUseRejection");
