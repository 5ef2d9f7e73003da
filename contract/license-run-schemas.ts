import { z } from "@hono/zod-openapi";
import { time } from "./fields";

const NUMBER = "9999000000001253";
const RowRefusal = z.object({ row: z.int(), number: z.string(), why: z.string() });
const counts = {
  rows: z.int(),
  already: z.int(),
  refused: z.int(),
  refusals: z.array(RowRefusal).openapi({
    description:
      "The first 1,000 refused rows, counted from 1 as in a spreadsheet. `number` is empty if the row has none.",
  }),
};
const EXAMPLE = {
  ...{ rows: 2, already: 0, refused: 1 },
  refusals: [{ row: 3, number: "", why: "It has no units. Fill in professional, analyzer or minutes." }],
};

export const LicenseRun = z
  .object({
    id: z.uuid(),
    state: z.enum(["running", "done", "cancelled", "failed", "interrupted"]).openapi({
      description: "`interrupted`: without progress for a minute. Send the file again to create the rest.",
    }),
    created: z.int(),
    ...counts,
    started: time,
    ended: z.union([time, z.null()]),
  })
  .openapi("LicenseRun", {
    description: "The progress of creating the licenses of a file.",
    example: {
      ...{ id: "019a8f00-0000-7000-8000-000000000001", state: "done", created: 1, ...EXAMPLE },
      ...{ started: "2026-08-24T10:00:00.000Z", ended: "2026-08-24T10:00:01.000Z" },
    },
  });

export const LicenseRunPlan = z
  .object({ creates: z.int(), ...counts })
  .openapi("LicenseRunPlan", { example: { creates: 1, ...EXAMPLE } });

export const BulkCreationPlan = LicenseRunPlan.extend({
  licenses: z
    .array(
      z.object({
        row: z.int(),
        number: z.string(),
        customer: z.string(),
        outcome: z.enum(["create", "already"]),
        why: z.string().openapi({ description: "A remark, often empty." }),
      }),
    )
    .openapi({ description: "The number of each license, also of those that the file created before." }),
}).openapi("BulkCreationPlan", {
  example: {
    ...{ creates: 1, ...EXAMPLE },
    licenses: [{ row: 2, number: NUMBER, customer: "Acme", outcome: "create", why: "New customer." }],
  },
});
