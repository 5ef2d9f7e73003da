import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isReady, startServer } from "@/e2e/server";
import type { Scenario, Stage } from "./scenario";
import { stacksIn } from "./serve";
import { manage, siteOn, totalOf } from "./site";
import { until } from "./until";

const SIZE = "200m";

/** The disk of the embedded store is full, and then it is not any more. */
export const diskFull: Scenario = {
  name: "disk full, embedded store",
  needs: [],
  needsRoot: true,
  async run(stage) {
    const { check, atEnd } = stage;
    const folder = smallDisk(stage);
    const server = await startServer({ DATA_DIR: join(folder, "data"), LOG_LEVEL: "warn" });
    atEnd(() => server.kill());
    const site = await siteOn(server);
    const first = await site.report(server.door, 1);
    check("a report is counted before", first.status === 200, first);

    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, "filler"), Buffer.alloc(bavail * bsize));
    const told = [];
    for (let nth = 0; nth < 400 && told.at(-1)?.status !== 503; nth += 1)
      told.push(await manage(server, "POST", "/customers", { name: `Full ${nth} ${"x".repeat(150)}` }));
    const full = told.at(-1);
    check("a change is 503 STORE_UNAVAILABLE once nothing fits", full?.code === "STORE_UNAVAILABLE", full);
    check(
      "nothing is 500",
      told.every(({ status }) => status !== 500),
    );
    check("/ready says no", await until(async () => !(await isReady(server.door)), 5000));

    rmSync(join(folder, "filler"));
    check("/ready says yes again", await until(() => isReady(server.door)));
    const again = await site.report(server.door, 2);
    check("a report goes again", again.status === 200, again);
    const total = await totalOf(server, site);
    check("each counted once", total === 10, total);
    check("nothing was logged with a stack", stacksIn(server).length === 0, stacksIn(server));
  },
};

function smallDisk({ atEnd }: Stage): string {
  const folder = mkdtempSync(join(tmpdir(), "signet-small-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder]);
  atEnd(() => {
    execFileSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
