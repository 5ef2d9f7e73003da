import { isReady } from "@/e2e/server";
import { freePort } from "@/scripts/free-port";
import { deploymentOn, manage, totalOf } from "./deployment";
import type { Scenario } from "./scenario";
import { alter, ownPostgres, serve, stacksIn } from "./serve";
import { until } from "./until";

/** DATABASE_URL names three servers: one is gone, one accepts no writes, and one does. */
export const severalServers: Scenario = {
  name: "several servers",
  needs: [],
  async run(stage) {
    const { check } = stage;
    const standby = await ownPostgres(stage, { default_transaction_read_only: "on" });
    const primary = await ownPostgres(stage);
    const hosts = [
      `127.0.0.1:${await freePort()}`,
      ...[standby, primary].map((one) => new URL(one.url()).host),
    ];
    const url = primary.url().replace(new URL(primary.url()).host, hosts.join(","));
    const server = await serve(stage, `${url}?target_session_attrs=read-write`);
    const deployment = await deploymentOn(server);
    const told = [
      await deployment.report(server.door, 1),
      await deployment.add(server.door, "acme\\bob"),
      await manage(server, "POST", "/customers", { name: "Somewhere" }),
    ];
    check(
      "everything goes to the server that accepts writes",
      told.every(({ status }) => status < 300),
      told,
    );

    await primary.stop();
    const away = await deployment.report(server.door, 2);
    check("without that server a report is 503", away.status === 503 && away.ms < 15_000, away);
    check("/ready fails", await until(async () => !(await isReady(server.door)), 5000));
    await primary.start();
    check("/ready recovers when it is back", await until(() => isReady(server.door)));
    await alter(primary, "SET default_transaction_read_only = on");
    check("/ready fails if no server accepts writes", await until(async () => !(await isReady(server.door))));
    await alter(primary, "RESET default_transaction_read_only");
    check("/ready recovers", await until(() => isReady(server.door)));
    const again = await deployment.report(server.door, 2);
    check("the report succeeds when it is sent again", again.status === 200, again);
    const total = await totalOf(server, deployment);
    check("each report counted once", total === 10, total);
    check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
  },
};
