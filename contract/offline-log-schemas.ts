import { z } from "@hono/zod-openapi";

const time = z.iso.datetime({ offset: true });
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const sequence = z.int().min(1);
const rejected = z.array(
  z.object({ sequence, rejection: z.string().openapi({ example: "NO_AVAILABLE_UNITS" }) }),
);

/** The lines of an offline log, as `GET /api/schemas/offline-log.json` describes them. */
const LogHeader = z.looseObject({
  v: z.literal(1),
  kind: z.enum(["assignments", "consumption"]),
  log: z.uuid(),
  license: z.string(),
  checkout: z.uuid(),
  source: z.string().min(1).max(200),
  userAgent: z.string().max(200),
  created: time,
  sequence: z.literal(0),
  hash,
});

const AssignmentLine = z.looseObject({
  sequence,
  at: time,
  instance: z.literal("").optional(),
  version: z.literal(0).optional(),
  allotment: z.string().min(1).max(200),
  subject: z.string().regex(/^([0-9a-fA-F]{32}|[0-9a-fA-F]{64})$/),
  created: time,
  deleted: time.optional(),
  auto: z.boolean().optional(),
  hash,
});

const ConsumptionLine = z.looseObject({
  sequence,
  at: time,
  allotment: z.string().min(1).max(200),
  month: z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/),
  minutes: z.int().min(0).max(1_000_000_000),
  hash,
});

const OfflineLogLine = z.union([LogHeader, AssignmentLine, ConsumptionLine]);

/** The JSON Schema of any line. */
export function offlineLogSchema(): object {
  return {
    ...z.toJSONSchema(OfflineLogLine, { target: "draft-2020-12" }),
    title: "A line of an offline log",
    description:
      "A log is JSON Lines in UTF-8: a header, then lines of its kind. docs/protocol.md has the rules.",
  };
}

/** The hashes only have the right length: those of a real log come from the key in its signed definition. */
const LOG_EXAMPLE = [
  {
    ...{
      v: 1,
      kind: "consumption",
      log: "68f11625-8309-4f83-842c-c2b85085a648",
      license: "9999000000001253",
    },
    ...{ checkout: "38d5418e-2de8-4334-876d-e51816e569b4", source: "mill-1" },
    ...{ userAgent: "Licenses/1.6.4 (windows) QSEfW", created: "2026-08-03T08:00:00Z", sequence: 0 },
    hash: "9e63a9c04e8cd24fc0526fc979b0602a526c255d1b6ae4bc2cc152d018ac00f5",
  },
  {
    ...{ sequence: 1, at: "2026-08-03T09:30:00Z", allotment: "analyzer_time", month: "2026-08", minutes: 40 },
    hash: "f33978cfd5648bd4aa7de121ff173eb9aba3f4c273ddfa87a9527d41a7949509",
  },
]
  .map((part) => `${JSON.stringify(part)}\n`)
  .join("");

/** The body of an upload. */
export const logBody = {
  required: true,
  content: {
    "application/jsonl": {
      schema: z.string().openapi({
        description:
          "JSON Lines; `GET /api/schemas/offline-log.json` has the schema of a line. 64 MiB at most.",
        example: LOG_EXAMPLE,
      }),
    },
  },
};

export const UploadedLog = z
  .object({
    log: z.string(),
    kind: z.enum(["assignments", "consumption"]),
    source: z.string(),
    through: z.int().openapi({ description: "The last line applied, in this upload or an earlier one." }),
    lines: z.int(),
    new: z.int().openapi({ description: "Lines that are new in this upload." }),
    rejected: rejected.openapi({ description: "Counts for the whole log." }),
    effects: z
      .object({
        added: z.int(),
        released: z.int(),
        minutes: z.array(z.object({ allotment: z.string(), month: z.string(), minutes: z.int() })),
      })
      .openapi({ description: "What the new lines changed, or would change in a dry run." }),
    reply: z
      .union([z.string(), z.null()])
      .openapi({ description: "The reply file for the deployment, a JWS; null for a dry run." }),
  })
  .openapi("UploadedLog");

export const OfflineLog = z
  .object({
    log: z.string(),
    kind: z.enum(["assignments", "consumption"]),
    source: z.string(),
    checkout: z.string(),
    userAgent: z.string(),
    created: z.iso.datetime(),
    through: z.int(),
    rejected: z.int(),
    firstUpload: z.iso.datetime(),
    lastUpload: z.iso.datetime(),
    closed: z.union([z.iso.datetime(), z.null()]),
    closedReason: z.union([z.string(), z.null()]),
  })
  .openapi("OfflineLog");

export const LogReply = z.object({ reply: z.string() }).openapi("LogReply");
export const SeatLinked = z
  .object({ instance: z.string(), version: z.int(), allotment: z.string() })
  .openapi("SeatLinked");
