import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { createDatabase, dropWithCopies, withDatabase } from "./databases";
import { embeddedPostgres } from "./postgres";
import { prepareTemplate } from "./store-template";

/** Makes one migrated database that the test files copy, in TEST_DATABASE_URL or in a PostgreSQL of its own. */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL;
  const own = given ? null : await embeddedPostgres();
  const server = given ?? own?.url() ?? "";
  const database = await createDatabase(server);
  const secret = randomBytes(32).toString("base64");
  const clear = async () => {
    await dropWithCopies(server, database);
    await own?.remove();
  };
  try {
    await prepareTemplate({ DATABASE_URL: withDatabase(server, database), SIGNET_SECRET: secret });
  } catch (error) {
    await clear();
    throw error;
  }
  project.provide("storeTemplate", { kind: "postgresql", server, database, secret });
  return clear;
}
