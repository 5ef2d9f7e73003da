import { z } from "@hono/zod-openapi";
import { TOP_KINDS } from "@/domain/consumption/session";
import { time } from "./fields";

const nothing = z.null();
const user = z.union([z.string(), nothing]).openapi({
  description:
    "The name if the license keeps names (`sessionNames`) and your role reads users, else a hash that is the same for the same user; null if nobody was named.",
});

export const topKind = z.enum(TOP_KINDS);

export const MonthTops = z
  .object({
    month: z.string(),
    allotment: z.string(),
    by: topKind,
    total: z.int().openapi({ description: "The month's minutes, with and without sessions." }),
    inSessions: z.int().openapi({ description: "The minutes that sessions account for." }),
    items: z.array(
      z.object({
        key: z.string().openapi({
          description:
            "The hash of the user, the app or the source; empty for anonymous use, or use without an app.",
        }),
        name: z.union([z.string(), nothing]),
        minutes: z.int(),
        sessions: z.int(),
        share: z.number().openapi({ description: "The part of the total, from 0 to 1." }),
      }),
    ),
  })
  .openapi("MonthTops");

export const Session = z
  .object({
    id: z.string(),
    session: z.string().openapi({ description: "The id that its deployment gave it." }),
    month: z.string(),
    source: z.string(),
    allotment: z.string(),
    app: z.string(),
    user,
    start: time,
    end: time,
    minutes: z.int(),
  })
  .openapi("Session");

export const DenialRow = z
  .object({
    hour: time,
    reason: z.string(),
    kind: z.enum(["notEntitled", "overLimit"]),
    allotment: z.union([z.string(), nothing]),
    user,
    source: z.string(),
    count: z.int(),
  })
  .openapi("ReportedDenial");
