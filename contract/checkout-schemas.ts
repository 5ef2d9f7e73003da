import { z } from "@hono/zod-openapi";
import { MAX_OFFLINE_DAYS } from "@/domain/offline/checkout";
import { label, line, name, time } from "./fields";

const nothing = z.null();

const Share = z.object({ allotment: z.string(), units: z.int() });
const UNITS = "Write a whole number from 1 to 1,000,000,000.";
const SHARES = "Name 1 to 200 shares, or leave shares out for the whole definition.";
const NewShare = z.strictObject({
  allotment: name,
  units: z
    .int(UNITS)
    .min(1, UNITS)
    .max(1_000_000_000, UNITS)
    .openapi({ description: "Seats, or minutes in each month." }),
});

export const NewCheckout = z
  .strictObject({
    product: name.openapi({ example: "QSEfW" }),
    days: z.int().min(1).max(MAX_OFFLINE_DAYS).optional().openapi({
      description: "How long it lasts, at most the license's `offlineDays`, which is the default.",
    }),
    source: name.optional().openapi({ description: "The deployment's source." }),
    label: label.default(""),
    shares: z.array(NewShare).min(1, SHARES).max(200, SHARES).optional().openapi({
      description:
        "What is reserved for the deployment while the file is out; the file grants exactly that. Without shares, the file grants the whole definition, and nothing is reserved.",
    }),
  })
  .openapi("NewCheckout", {
    example: {
      product: "QSEfW",
      label: "Mill 1",
      days: 90,
      shares: [{ allotment: "professional", units: 5 }],
    },
  });

export const CheckoutReturn = z
  .strictObject({ reason: line.default("").openapi({ example: "The deployment closed." }) })
  .openapi("CheckoutReturn");

export const SignedCheckout = z
  .object({
    id: z.uuid(),
    sld: z.string().openapi({
      description:
        "The signed definition in base64: the content of the file. Anyone who has it can read and write logs in the deployment's name.",
    }),
    expires: time,
  })
  .openapi("SignedCheckout");

export const Checkout = z
  .object({
    id: z.uuid(),
    license: z.string(),
    product: z.string(),
    version: z.string(),
    source: z.union([z.string(), nothing]),
    label: z.string(),
    shares: z.union([z.array(Share), nothing]),
    state: z.enum(["out", "returned", "expired"]),
    issued: time,
    issuedBy: z.object({ kind: z.enum(["user", "token", "product", "system"]), id: z.string() }),
    expires: time,
    returned: z.union([time, nothing]),
    returnedReason: z.union([z.string(), nothing]),
  })
  .openapi("Checkout");
