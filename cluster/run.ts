// Brings up etcd, Patroni, PgBouncer, HAProxy and three Signet servers on loopback with the files of ops/patroni, and
// kills one part after the other under load: npm run cluster [-- --only synchronous]
import { parseArgs } from "node:util";
import { lineOf, play, type Scenario } from "@/faults/scenario";
import { findTool, PACKAGES } from "@/faults/tools";
import { asynchronous } from "./asynchronous";
import { PROGRAMS } from "./stand";
import { synchronous } from "./synchronous";

const SCENARIOS: Scenario[] = [synchronous, asynchronous];
/** A listener for the end of this process belongs to each program of the cluster. */
const MOST_PROGRAMS = 100;

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const packages = PROGRAMS.filter((tool) => findTool(tool) === null).map((tool) => PACKAGES[tool]);
// Products of a scenario that broke may still wait for an answer.
process.exit(packages.length > 0 ? refuse() : await runAll());

function refuse(): number {
  console.error(`npm run cluster needs more of Debian's packages: apt-get install ${packages.join(" ")}`);
  return 1;
}

async function runAll(): Promise<number> {
  process.setMaxListeners(MOST_PROGRAMS);
  const awake = setInterval(() => {}, 60_000); // Programs that the run starts don't keep this process alive.
  let broken = 0;
  for (const scenario of SCENARIOS.filter(({ name }) => name.startsWith(values.only))) {
    console.log(scenario.name);
    const begun = performance.now();
    const findings = await play(scenario);
    for (const finding of findings) console.log(lineOf(finding));
    const isKept = findings.every((finding) => finding.isKept);
    if (!isKept) broken += 1;
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(`${isKept ? "ok     " : "BROKEN "}  ${scenario.name}, ${seconds} s\n`);
  }
  clearInterval(awake);
  return broken > 0 ? 1 : 0;
}
