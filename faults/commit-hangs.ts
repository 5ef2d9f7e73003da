import { isReady } from "@/e2e/server";
import { deploymentOn, manage, totalOf } from "./deployment";
import type { Scenario } from "./scenario";
import { alter, ownPostgres, serve, stacksIn } from "./serve";
import { until } from "./until";

const LONGEST_MS = 15_000;
const REPORTS = [2, 3, 4, 5, 6];

/** Commits wait for a synchronous standby that is gone: requests take effect, and are never confirmed. */
export const commitHangs: Scenario = {
  name: "commit hangs",
  needs: [],
  async run(stage) {
    const { check } = stage;
    const postgres = await ownPostgres(stage, { synchronous_commit: "on" });
    const server = await serve(stage, postgres.url());
    const deployment = await deploymentOn(server);
    await deployment.report(server.door, 1);

    await alter(postgres, "SET synchronous_standby_names = 'gone'");
    const told = await Promise.all([
      ...REPORTS.map((sequence) => deployment.report(server.door, sequence)),
      deployment.add(server.door, "acme\\bob"),
      deployment.add(server.door, "acme\\eve"),
      manage(server, "POST", "/customers", { name: "Perhaps" }),
      manage(server, "GET", "/licenses"),
    ]);
    const slowest = Math.max(...told.map(({ ms }) => ms));
    check(
      "every request ends within 15 seconds",
      slowest <= LONGEST_MS,
      told.map(({ ms }) => ms),
    );
    const read = told.pop();
    check("a read works as usual", read?.status === 200, read);
    check(
      "a change is 503 with Retry-After",
      told.every(({ status, retryAfter }) => status === 503 && retryAfter > 0),
      told,
    );
    check("a report that was sent is OUTCOME_UNKNOWN", told[0]?.code === "OUTCOME_UNKNOWN", told);
    check("/ready fails", await until(async () => !(await isReady(server.door))));

    await alter(postgres, "RESET synchronous_standby_names");
    check("/ready recovers", await until(() => isReady(server.door)));
    const again = [];
    for (const sequence of REPORTS) again.push(await deployment.report(server.door, sequence));
    again.push(await deployment.add(server.door, "acme\\bob"));
    check(
      "the report succeeds when it is sent again",
      again.every(({ status }) => status === 200),
      again,
    );
    const total = await totalOf(server, deployment);
    check("each report counted once", total === 5 + 5 * REPORTS.length, total);
    check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
  },
};
