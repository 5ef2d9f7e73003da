import { z } from "@hono/zod-openapi";

export const Keys = z
  .looseObject({
    keys: z.array(
      z.looseObject({
        kid: z.string(),
        kty: z.literal("RSA"),
        alg: z.literal("RS512"),
        use: z.literal("sig"),
        n: z.string(),
        e: z.string(),
      }),
    ),
  })
  .openapi("JsonWebKeySet");
export const Status = z.looseObject({ status: z.string() });
