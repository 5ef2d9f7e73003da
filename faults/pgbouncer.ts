import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failedStart } from "@/e2e/server";
import { freePort } from "@/scripts/free-port";
import type { OwnPostgres } from "@/scripts/postgres";
import { deploymentOn, manage, totalOf } from "./deployment";
import { listens } from "./listens";
import { program } from "./program";
import type { Scenario, Stage } from "./scenario";
import { ownPostgres, serve, settingsFor, stacksIn } from "./serve";
import { until } from "./until";

/** In session mode everything works, and settings are kept; any other mode is refused at the start with its reason. */
export const pgbouncer: Scenario = {
  name: "PgBouncer",
  needs: ["pgbouncer"],
  async run(stage) {
    const { check } = stage;
    const postgres = await ownPostgres(stage);
    const server = await serve(stage, await bouncer(stage, postgres, "session"));
    const deployment = await deploymentOn(server);
    const told = [
      await deployment.report(server.door, 1),
      await deployment.add(server.door, "acme\\bob"),
      await manage(server, "GET", `/licenses/${deployment.number}/assignments`),
      await manage(server, "POST", "/customers", { name: "Behind a pooler" }),
    ];
    check(
      "session mode: every report succeeds",
      told.every(({ status }) => status < 300),
      told,
    );
    const reports = Array.from({ length: 40 }, (_, nth) => deployment.report(server.door, nth + 2));
    const statuses = (await Promise.all(reports)).map(({ status }) => status);
    check(
      "session mode: simultaneous reports succeed too",
      statuses.every((status) => status === 200),
      statuses,
    );
    const total = await totalOf(server, deployment);
    check("session mode: each report counted once", total === 5 * 41, total);
    check("session mode: nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));

    for (const mode of ["transaction", "statement"]) {
      const refused = await failedStart(settingsFor(await bouncer(stage, postgres, mode)));
      const isTold = refused.code === 1 && refused.output.includes("pool_mode = session");
      check(`${mode} mode: the start is refused with a sentence`, isTold, refused);
      check(`${mode} mode: without a stack`, !/^\s+at /m.test(refused.output), refused.output);
    }
  },
};

/** Starts a PgBouncer in front of a database and returns the connection string that leads through it. */
async function bouncer(stage: Stage, postgres: OwnPostgres, mode: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "signet-pgbouncer-"));
  stage.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const url = new URL(postgres.url());
  const port = await freePort();
  const users = join(folder, "users.txt");
  const configuration = join(folder, "pgbouncer.ini");
  writeFileSync(users, `"${url.username}" "${url.password}"\n`);
  writeFileSync(
    configuration,
    `[databases]
* = host=${url.hostname} port=${url.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = 40
`,
  );
  program(stage, "pgbouncer", [...accountFlags(), configuration]).start();
  if (!(await until(() => listens(port)))) throw new Error("PgBouncer did not start.");
  url.port = String(port);
  return url.href;
}

/** PgBouncer refuses to run as root. */
function accountFlags(): string[] {
  return process.getuid?.() === 0 ? ["-u", "nobody"] : [];
}
