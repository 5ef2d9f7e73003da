import { z } from "@hono/zod-openapi";
import { WHEN_OFFLINE } from "@/domain/leases/bounded-definition";
import { Definition } from "./definition-schemas";
import { SOURCE_EXAMPLE, source, time, userAgent } from "./product-fields";

export const Activation = z
  .looseObject({ cause: z.enum(["Initial", "Update"]), source: source.optional(), userAgent })
  .openapi("Activation", { example: { cause: "Initial", source: SOURCE_EXAMPLE } });

export const DefinitionReply = z
  .looseObject({
    license: z.string(),
    version: z.string().openapi({ example: "7Q2K-0000-0000-0000-9MXT" }),
    epoch: z.string(),
    status: z.enum(["active", "expiring", "grace", "expired", "not-yet-valid"]),
    definition: Definition,
    settings: z.looseObject({
      autoAssignProfessional: z.boolean(),
      autoAssignAnalyzer: z.boolean(),
      subjectMatching: z.enum(["folded", "exact"]),
      whenOffline: z.enum(WHEN_OFFLINE).openapi({
        description: "`bounded`: minutes of allotments with a cap are used only after they were reserved.",
      }),
    }),
    sld: z
      .string()
      .openapi({ description: "The signed definition, base64 JSON, for use without a network." }),
    serverTime: time,
    latestValidTime: time.openapi({ description: "How long a deployment may run on this response." }),
    refreshAfter: z.int().openapi({ description: "Seconds." }),
    syncEvery: z.int().openapi({ description: "Seconds." }),
  })
  .openapi("DefinitionReply");

export const PortableDefinition = z
  .looseObject({ license: z.string(), sld: z.string() })
  .openapi("PortableDefinition");
