import { expect, test } from "vitest";
import { nameOfStatement } from "./tracing";

test.each([
  ['SELECT "public"."license"."number" FROM "public"."license" WHERE "number" = $1', "SELECT license"],
  ['INSERT INTO "public"."customer" ("id") VALUES ($1)', "INSERT customer"],
  ['UPDATE "public"."api_token" SET "last_used_at" = $1', "UPDATE api_token"],
  ['DELETE FROM "public"."data_key" WHERE true', "DELETE data_key"],
  ["\n  WITH x AS (SELECT 1) SELECT * FROM usage_month m", "WITH usage_month"],
  ["COMMIT", "COMMIT"],
  ["", "STATEMENT"],
])("%j is called %s", (text, name) => expect(nameOfStatement(text)).toBe(name));
