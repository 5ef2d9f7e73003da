import { z } from "@hono/zod-openapi";
import { SOURCE_EXAMPLE, source, time, userAgent } from "./product-fields";

const LICENSE_EXAMPLE = "9999000000001253";

const mark = z.string().openapi({
  description:
    "Opaque. Send it back unchanged: if it is above the server's version, the server was restored from a backup.",
});
const base = { license: z.string(), version: z.int(), epoch: z.string() };
const patch = {
  instance: z.string().openapi({ description: "A 63-bit decimal, empty for a new assignment." }),
  version: z.int(),
  license: z.string(),
  allotment: z.string(),
  subject: z.string(),
  created: time,
  deleted: time.optional(),
};
export const SyncRequest = z
  .looseObject({
    source,
    userAgent,
    after: z.string().optional().openapi({ description: "`more` from the previous page." }),
    bases: z.array(z.looseObject({ ...base, epoch: z.string().optional(), mark: mark.optional() })),
    patches: z
      .array(z.looseObject({ ...patch, auto: z.boolean().optional(), lastUsed: z.string().optional() }))
      .max(5000),
  })
  .openapi("SyncRequest", {
    example: {
      source: SOURCE_EXAMPLE,
      bases: [{ license: LICENSE_EXAMPLE, version: 0 }],
      patches: [
        {
          ...{ instance: "", version: 0, license: LICENSE_EXAMPLE, allotment: "analyzer" },
          ...{ subject: "acme\\bob", created: "2026-08-24T10:00:00Z" },
        },
      ],
    },
  });
export const SyncReply = z
  .looseObject({
    bases: z.array(z.looseObject({ ...base, mark })),
    patches: z.array(
      z.looseObject({
        ...patch,
        created: z.string().openapi({
          example: "2026-08-24T10:00:00.000Z",
          description: "A time (RFC 3339); for a rejected patch the text that was sent.",
        }),
        deleted: z.string().optional().openapi({ description: "As `created`." }),
        auto: z.boolean().optional().openapi({ description: "Of a rejected patch: as it was sent." }),
        lastUsed: z.string().optional().openapi({ description: "Of a rejected patch: as it was sent." }),
        aliases: z.array(z.string()).optional().openapi({
          description: "Other subjects of the same user. Index the row under all of them, and count it once.",
        }),
        excess: z.boolean().optional(),
        rank: z
          .int()
          .optional()
          .openapi({ description: "Position in the order of seats, if it differs from the version." }),
        rejection: z.string().openapi({ description: "Empty when accepted." }),
      }),
    ),
    snapshot: z.literal(true).optional(),
    more: z.string().optional(),
  })
  .openapi("SyncReply");
