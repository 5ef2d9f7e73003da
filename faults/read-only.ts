import { isReady } from "@/e2e/server";
import type { Scenario } from "./scenario";
import { alter, ownPostgres, serve, stacksIn } from "./serve";
import { manage, siteOn, totalOf } from "./site";
import { until } from "./until";

/** The database answers and takes no writes, as a standby does. */
export const readOnly: Scenario = {
  name: "read-only database",
  needs: [],
  async run(stage) {
    const { check } = stage;
    const postgres = await ownPostgres(stage);
    const server = await serve(stage, postgres.url());
    const site = await siteOn(server);
    await alter(postgres, "SET default_transaction_read_only = on");
    check("/ready says no", await until(async () => !(await isReady(server.door))));
    const told = [
      await site.report(server.door, 1),
      await site.add(server.door, "acme\\bob"),
      await manage(server, "POST", "/customers", { name: "Never" }),
    ];
    for (const one of told)
      check(
        "a change is 503 STORE_UNAVAILABLE with Retry-After",
        one.status === 503 && one.code === "STORE_UNAVAILABLE" && one.retryAfter > 0,
        one,
      );
    await alter(postgres, "RESET default_transaction_read_only");
    check("/ready says yes again", await until(() => isReady(server.door)));
    const again = await site.report(server.door, 1);
    check("the report goes when it is sent again", again.status === 200, again);
    const total = await totalOf(server, site);
    check("it counted once", total === 5, total);
    check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
  },
};
