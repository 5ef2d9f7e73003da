import { isReady } from "@/e2e/server";
import { manage } from "./deployment";
import type { Scenario } from "./scenario";
import { alter } from "./serve";
import { goesOn, served } from "./served";
import { until } from "./until";

/** The database responds but accepts no writes, like a standby. */
export const readOnly: Scenario = {
  name: "read-only database",
  needs: [],
  async run(stage) {
    const { check } = stage;
    const one = await served(stage);
    const { postgres, server, site } = one;
    await alter(postgres, "SET default_transaction_read_only = on");
    check("/ready fails", await until(async () => !(await isReady(server.door))));
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
    await goesOn(stage, one, 1);
  },
};
