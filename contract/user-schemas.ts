import { z } from "@hono/zod-openapi";
import { line, time } from "./fields";

const nothing = z.null();
const day = z.union([z.string(), nothing]).openapi({ description: "A UTC day, such as 2026-08-24." });
const subject = z.string().max(1000).openapi({ example: "acme\\bob" });
const number = z.string().openapi({ description: "The license number." });

const UserSeat = z.object({
  license: number,
  customer: z.string(),
  instance: z.string(),
  allotment: z.string(),
  subject: z.string(),
  lastUsed: day,
});

export const UserQuery = z
  .strictObject({
    query: line.optional().openapi({ description: "A part of the name, in any case; all users by default." }),
  })
  .openapi("UserQuery", { example: { query: "bob" } });

export const NamedUser = z.strictObject({ subject }).openapi("NamedUser");

const ReleasedSeat = UserSeat.omit({ customer: true, lastUsed: true });

/** A user in a list. */
const ListedUser = z
  .object({ subject: z.string(), lastUsed: day, seats: z.array(UserSeat) })
  .openapi("ListedUser");

const unread = {
  seats: z.int().openapi({ description: "How many seats match, on all pages." }),
  waiting: z.int().openapi({
    description:
      "How many seats weren't searched yet, since their names are being read. Repeat until it is 0.",
  }),
  left: z.int().openapi({
    description:
      "How many seats can't be searched, since their names don't fit into memory. Search within their license.",
  }),
};

export const UserList = z
  .object({
    items: z.array(ListedUser),
    cursor: z
      .union([z.string(), nothing])
      .openapi({ description: "For the next page; null after the last one." }),
    ...unread,
  })
  .openapi("UserList");

const trace = { license: number, allotment: z.string(), source: z.string() };

export const User = z
  .object({
    subject: z.string(),
    licenses: z.array(
      z.object({
        number,
        customer: z.object({ id: z.uuid(), name: z.string() }),
        keepsNames: z
          .boolean()
          .openapi({ description: "Whether sessions keep names of users (`sessionNames`)." }),
      }),
    ),
    seats: z.array(
      z.object({
        ...trace,
        instance: z.string(),
        subject: z.string().openapi({ description: "As this license first got it." }),
        state: z.enum(["active", "excess"]),
        created: time,
        auto: z.boolean(),
        lastUsed: day,
        usageReported: z.boolean(),
      }),
    ),
    released: z
      .array(z.object({ ...trace, instance: z.string(), created: time, released: time }))
      .openapi({ description: "Of the last 60 days, newest first." }),
    rejections: z
      .array(z.object({ ...trace, code: z.string(), first: time, last: time, times: z.int() }))
      .openapi({ description: "Of the last 30 days, newest first." }),
    deployments: z.array(
      z.object({
        license: number,
        source: z.string(),
        name: z.union([z.string(), nothing]),
        product: z.union([z.string(), nothing]),
        lastSeen: time,
      }),
    ),
    month: z.string(),
    minutes: z
      .array(z.object({ license: number, allotment: z.string(), minutes: z.int(), sessions: z.int() }))
      .openapi({ description: "Of that month, in licenses that keep names." }),
  })
  .openapi("User");

export const UserRelease = z
  .object({
    seats: z.array(ReleasedSeat).openapi({
      description: "The seats that were released, or with `dryRun` would be.",
    }),
    others: z.array(ReleasedSeat).openapi({
      description:
        "With `dryRun`, seats of other spellings that may be the same user. They are never released with it.",
    }),
    unreached: z.array(number).openapi({
      description:
        "Licenses where seats may still be held, because the store stopped responding. The same request again releases them.",
    }),
    undo: z.union([z.string(), nothing]).openapi({
      description: "Restores all of it for 15 minutes, sent by the same token; null if nothing was released.",
    }),
  })
  .openapi("UserRelease");

export const UserUndo = z
  .strictObject({ undo: z.string().max(4_000_000) })
  .openapi("UserUndo", { example: { undo: "9999000000001253.2.4f1c0e…" } });

export const UserUndone = z
  .object({
    undone: z.int(),
    stayed: z.int().openapi({ description: "How many seats were not restored." }),
    sentence: z.string().optional().openapi({ description: "Why the first of them wasn't." }),
  })
  .openapi("UserUndone");
