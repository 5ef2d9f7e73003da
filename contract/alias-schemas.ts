import { z } from "@hono/zod-openapi";
import { time } from "./fields";

const nothing = z.null();

export const NewAlias = z
  .strictObject({
    subject: z.string().max(1000).openapi({ description: "The subject that the user's seats show." }),
    alias: z.string().max(1000).openapi({ description: "Another subject of the same user." }),
  })
  .openapi("NewAlias", { example: { subject: "acme\\bob", alias: "bob@acme.example" } });

const released = z.array(z.object({ instance: z.string(), subject: z.string(), allotment: z.string() }));
const unaware = z
  .object({
    count: z.int(),
    items: z.array(
      z.object({
        source: z.string(),
        name: z.union([z.string(), nothing]),
        product: z.union([z.string(), nothing]),
        version: z.union([z.string(), nothing]),
        lastSeen: time,
      }),
    ),
  })
  .openapi({
    description:
      "The deployments of the last 60 days that don't know aliases, the last seen first, 20 at most: they tell the alias “not assigned”.",
  });

export const DeclaredAlias = z
  .object({
    id: z.union([z.uuid(), nothing]).openapi({ description: "Null for a dry run." }),
    released: released.openapi({
      description: "Seats that were released, because the user holds an earlier one of the allotment.",
    }),
    unaware,
  })
  .openapi("DeclaredAlias");

export const Alias = z
  .object({
    id: z.uuid(),
    subject: z
      .union([z.string(), nothing])
      .openapi({ description: "Null unless a seat of the user has this text." }),
    alias: z.union([z.string(), nothing]).openapi({ description: "As `subject`." }),
    declared: time,
  })
  .openapi("Alias");
