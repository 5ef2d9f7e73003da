import { isReady } from "@/e2e/server";
import { ask, manage } from "./deployment";
import type { Scenario } from "./scenario";
import { goesOn, served } from "./served";
import { until } from "./until";

/** The plain case: the database is stopped, and started again. */
export const storeStopped: Scenario = {
  name: "store stopped",
  needs: [],
  async run(stage) {
    const { check } = stage;
    const one = await served(stage);
    const { postgres, server, site } = one;
    const first = await site.report(server.door, 1);
    check("a report is counted before", first.status === 200, first);
    await postgres.stop();
    const refused = [await site.report(server.door, 2), await manage(server, "GET", "/licenses")];
    for (const told of refused)
      check("it is 503 STORE_UNAVAILABLE", told.status === 503 && told.code === "STORE_UNAVAILABLE", told);
    const page = await ask(`${server.console}/sign-in`, "GET", {});
    check("a page is 503 with Retry-After", page.status === 503 && page.retryAfter > 0, page);
    check("/ready fails", await until(async () => !(await isReady(server.door)), 5000));
    await postgres.start();
    await goesOn(stage, one, 2);
  },
};
