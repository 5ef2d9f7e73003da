import { z } from "@hono/zod-openapi";
import { Definition } from "./definition-schemas";
import { time } from "./fields";

const maybe = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()]);
export const LEF_EXAMPLE =
  "9999000000000042\nISSUER;signet;;\nPRODUCTLEVEL;50;;\nOVERAGE;NO;;\nPROFESSIONAL;100;;\nEGS7-BQGB-3E62-Q3BL-6TYS\n";

export const Control = z
  .object({
    state: z.enum(["none", "open", "closed"]),
    weak: z
      .boolean()
      .openapi({ description: "Whether it is shorter than 8 characters, so it can be guessed." }),
    created: maybe(time),
    closed: maybe(time),
    closedFor: maybe(z.enum(["revoked", "rotated", "migrated"])),
    migratedTo: maybe(z.uuid()).openapi({ description: "The key issued by the migration." }),
    undoUntil: maybe(time).openapi({ description: "When the undo period of the migration ends." }),
    guessed: maybe(time).openapi({
      description: "When 20 or more retrievals last failed within a day.",
    }),
  })
  .openapi("ControlState");

export const ShownControl = z
  .object({ control: z.string().openapi({ example: "7K2M-9QXT-4HCB" }) })
  .openapi("ShownControl");

export const WrittenLef = z
  .object({
    lef: z.string().openapi({ example: LEF_EXAMPLE }),
    omitted: z.array(z.string()).openapi({
      description: "What a LEF can't express: allotments of minutes, and parts with other names or scopes.",
      example: ["analyzer_time"],
    }),
  })
  .openapi("Lef");

export const Retrieval = z
  .object({ at: time, address: maybe(z.string()), userAgent: maybe(z.string()) })
  .openapi("Retrieval");

export const LefText = z
  .strictObject({
    lef: z.string().max(1_000_000).openapi({ example: LEF_EXAMPLE }),
  })
  .openapi("LefText");

export const LefPreview = z
  .object({
    serial: z.string(),
    definition: Definition,
    check: z.enum(["ok", "foreign", "absent"]).openapi({
      description: "`foreign`: from another issuer, so it can't be verified here.",
    }),
    lines: z.array(
      z.object({
        line: z.int(),
        text: z.string(),
        meaning: z.enum(["understood", "kept", "dropped"]),
        note: z.string(),
      }),
    ),
  })
  .openapi("LefPreview");
