import { z } from "@hono/zod-openapi";
import { EXEMPTION_KINDS } from "@/domain/reclaim/never-release";
import { NO_RULE, RULE_RANGES } from "@/domain/reclaim/reclaim-rule";
import { RUN_INTERVALS } from "@/domain/reclaim/run-schedule";
import { RECLAIM_REASONS } from "@/domain/reclaim/seat-use";
import { newName, time } from "./fields";

const nothing = z.null();

function days(of: keyof typeof RULE_RANGES, description: string) {
  const [least, most] = RULE_RANGES[of];
  const sentence = `Enter a whole number from ${least} to ${most.toLocaleString("en")}.`;
  return z.int(sentence).min(least, sentence).max(most, sentence).openapi({ description });
}

const rule = {
  isOn: z.boolean().openapi({ description: "Off by default. Turning it off cancels what it announced." }),
  idleDays: days("idleDays", "Days without use after which a seat that was used before is released."),
  graceDays: days(
    "graceDays",
    "Days that a new seat has to be used first, counted from when this server received it.",
  ),
  noticeDays: days("noticeDays", "Days between the notice of a release and the release."),
  most: days("most", "How many seats one run releases at most."),
  every: z.enum(RUN_INTERVALS).openapi({
    description: "`day`, `week` (Mondays) or `month` (the first day), at 06:00 UTC.",
  }),
};

export const NewReclaimRule = z
  .strictObject(rule)
  .openapi("NewReclaimRule", { example: { ...NO_RULE, isOn: true } });

export const ReclaimRule = z
  .object({
    allotment: z.string(),
    ...rule,
    next: z.union([time, nothing]).openapi({ description: "The next run; null while the rule is off." }),
  })
  .openapi("ReclaimRule", {
    example: { allotment: "analyzer", ...NO_RULE, isOn: true, next: "2026-11-30T06:00:00.000Z" },
  });

const due = {
  instance: z.string(),
  reason: z.enum(RECLAIM_REASONS).openapi({
    description: "`never-used` since it was added, or `idle`: not used for the days of the rule.",
  }),
  since: z.iso.date().openapi({ description: "The UTC day on which it was last used, added or restored." }),
  lastUsed: z.union([z.iso.date(), nothing]),
};
const seat = {
  instance: "5124095576030431",
  subject: "ACME\\bob",
  reason: "idle" as const,
  since: "2026-08-01",
  lastUsed: "2026-08-01",
};

/** What a rule would announce now. */
export const ReclaimPreview = z
  .object({
    seats: z.array(z.object({ ...due, subject: z.string() })).openapi({
      description: "The seats of the next run, the longest unused first.",
    }),
    later: z.int().openapi({ description: "How many more seats are due; later runs announce them." }),
    kept: z
      .object({ unreported: z.int(), new: z.int(), used: z.int(), silent: z.int(), exempt: z.int() })
      .openapi({
        description:
          "How many seats stay: their deployment does not report use (`unreported`), they are `new`, `used`, their deployment is `silent` so that nobody knows, or they are on the never-release list (`exempt`).",
      }),
    isStopped: z.boolean().openapi({
      description:
        "Whether the license serves nobody now: suspended, revoked or expired. Then no run begins.",
    }),
  })
  .openapi("ReclaimPreview", {
    example: {
      ...{ seats: [seat], later: 0, isStopped: false },
      kept: { unreported: 2, new: 1, used: 36, silent: 0, exempt: 1 },
    },
  });

export const NewReclaimExemption = z
  .strictObject({
    kind: z.enum(EXEMPTION_KINDS).openapi({
      description:
        "`subject` is one user; a `pattern` has `*` for any text and `?` for any character; a `directory` comes before the backslash or after the at sign. Case never counts.",
    }),
    text: newName,
  })
  .openapi("NewReclaimExemption", { example: { kind: "directory", text: "ACME" } });

export const ReclaimExemption = z
  .object({ id: z.uuid(), kind: z.enum(EXEMPTION_KINDS), text: z.string(), created: time })
  .openapi("ReclaimExemption", {
    example: {
      id: "019a8f00-0000-7000-8000-000000000001",
      kind: "directory",
      text: "ACME",
      created: "2026-11-28T12:00:00.000Z",
    },
  });

const run = {
  id: z.uuid(),
  allotment: z.string(),
  state: z.enum(["announced", "released", "cancelled", "empty"]).openapi({
    description: "`announced` until its notice has passed; `empty` if no seat was due.",
  }),
  seats: z.int().openapi({ description: "How many seats it announced." }),
  released: z.int().openapi({ description: "How many of them it released." }),
  announced: time,
  release: time.openapi({ description: "When its notice has passed." }),
  ended: z.union([time, nothing]),
  undoUntil: z
    .union([time, nothing])
    .openapi({ description: "Until when its seats can be restored; null if it released none." }),
  undone: z.union([time, nothing]),
};
const runExample = {
  id: "019a8f00-0000-7000-8000-000000000001",
  allotment: "analyzer",
  state: "released" as const,
  seats: 1,
  released: 1,
  announced: "2026-11-23T06:00:00.000Z",
  release: "2026-11-30T06:00:00.000Z",
  ended: "2026-11-30T06:00:00.000Z",
  undoUntil: "2026-12-07T06:00:00.000Z",
  undone: null,
};

export const ReclaimRun = z.object(run).openapi("ReclaimRun", { example: runExample });

export const ReclaimRunSeats = z
  .object({
    ...run,
    items: z.array(
      z.object({
        ...due,
        subject: z.union([z.string(), nothing]).openapi({
          description:
            "Null once the name is deleted: 7 days after the release, or with a release by others.",
        }),
        result: z.union([z.string(), nothing]).openapi({
          description:
            "`released`, or why it stayed: `used` since the notice, `gone` if others released it, `exempt`, `new`, `silent`, `unreported`. Null until the run ends.",
        }),
        restored: z.boolean(),
      }),
    ),
  })
  .openapi("ReclaimRunSeats", {
    example: { ...runExample, items: [{ ...seat, result: "released", restored: false }] },
  });

export const SeatsRestored = z
  .object({
    undone: z.int().openapi({ description: "How many seats were restored." }),
    stayed: z.int().openapi({ description: "How many weren't; `sentence` says why." }),
    sentence: z.string().optional(),
  })
  .openapi("SeatsRestored", { example: { undone: 1, stayed: 0 } });
