import { NetworkLink } from "@/e2e/network-link";
import { isReady } from "@/e2e/server";
import { ask, deploymentOn, manage, totalOf } from "./deployment";
import type { Scenario } from "./scenario";
import { ownPostgres, serve, stacksIn } from "./serve";
import { until } from "./until";

const LONGEST_MS = 15_000;

/** Open connections to the database silently stop passing data; new ones work after a while. */
export const silentConnection: Scenario = {
  name: "silent connection",
  needs: [],
  async run(stage) {
    const { check, atEnd } = stage;
    const postgres = await ownPostgres(stage);
    const url = new URL(postgres.url());
    const link = await NetworkLink.to(`http://${url.host}`);
    atEnd(() => link.close());
    url.host = new URL(link.url).host;
    const server = await serve(stage, url.href);
    const deployment = await deploymentOn(server);
    await deployment.report(server.door, 1);

    link.silence({ newToo: true });
    const report = await deployment.report(server.door, 2);
    const told = await Promise.all([
      deployment.report(server.door, 3),
      deployment.add(server.door, "acme\\bob"),
      manage(server, "POST", "/customers", { name: "Perhaps" }),
      manage(server, "GET", "/licenses"),
      ask(`${server.console}/sign-in`, "GET", {}),
      ask(`${server.door}/ready`, "GET", {}),
      ask(`${server.console}/ready`, "GET", {}),
    ]);
    const slowest = Math.max(report.ms, ...told.map(({ ms }) => ms));
    check(
      "every request ends within 15 seconds",
      slowest <= LONGEST_MS,
      told.map(({ ms }) => ms),
    );
    const [second, add, post, get, , ...ready] = told;
    check("a report that was sent is OUTCOME_UNKNOWN", report.code === "OUTCOME_UNKNOWN", report);
    for (const one of [second, add, post, get])
      check("the other reports are 503 with Retry-After", one?.status === 503 && one.retryAfter > 0, one);
    check("a read is STORE_UNAVAILABLE", get?.code === "STORE_UNAVAILABLE", get);
    check(
      "/ready fails within 4 seconds",
      ready.every(({ status, ms }) => status === 503 && ms < 4000),
      ready,
    );

    link.resume();
    check("/ready recovers once the network is back", await until(() => isReady(server.door)));
    const again = [await deployment.report(server.door, 2), await deployment.report(server.door, 3)];
    check(
      "reports succeed at once then",
      again.every(({ status, ms }) => status === 200 && ms < 2000),
      again,
    );
    const total = await totalOf(server, deployment);
    check("each report counted once", total === 15, total);
    check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
  },
};
