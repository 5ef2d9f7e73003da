import { randomBytes } from "node:crypto";
import { isReady, startServer } from "@/e2e/server";
import { embeddedPostgres } from "@/scripts/postgres";
import type { Scenario } from "./scenario";
import { manage, siteOn, totalOf } from "./site";
import { until } from "./until";

/** The plain case: the database is stopped, and started again. */
export const storeStopped: Scenario = {
  name: "store stopped",
  needs: [],
  async run({ check, atEnd }) {
    const postgres = await embeddedPostgres();
    atEnd(() => postgres.remove());
    const SIGNET_SECRET = randomBytes(32).toString("base64");
    const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET, LOG_LEVEL: "warn" });
    atEnd(() => server.kill());
    const site = await siteOn(server);
    const first = await site.report(server.door, 1);
    check("a report is counted before", first.status === 200, first);
    await postgres.stop();
    const refused = [await site.report(server.door, 2), await manage(server, "GET", "/licenses")];
    for (const told of refused)
      check("it is 503 STORE_UNAVAILABLE", told.status === 503 && told.code === "STORE_UNAVAILABLE", told);
    check("/ready says no", !(await isReady(server.door)));
    await postgres.start();
    check("/ready says yes again", await until(() => isReady(server.door)));
    const again = await site.report(server.door, 2);
    check("the report goes when it is sent again", again.status === 200, again);
    const total = await totalOf(server, site);
    check("each report counts once", total === 10, total);
  },
};
