// Causes faults with real databases, poolers and load balancers, and checks the rules that must hold: npm run faults
// [-- --only silent]
import { parseArgs } from "node:util";
import { lineOf, play, type Scenario } from "./scenario";
import { SCENARIOS } from "./scenarios";
import { findTool } from "./tools";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });

// Processes that the run starts don't keep this process alive, and it waits for their end.
const awake = setInterval(() => {}, 60_000);
let broken = 0;
let skipped = 0;
for (const scenario of SCENARIOS.filter(({ name }) => name.includes(values.only))) {
  const lacking = lackingFor(scenario);
  if (lacking.length > 0) {
    skipped += 1;
    console.log(`not run  ${scenario.name}: needs ${lacking.join(", ")}`);
    continue;
  }
  const begun = performance.now();
  const findings = await play(scenario);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const isKept = findings.every((finding) => finding.isKept);
  if (!isKept) broken += 1;
  console.log(`${isKept ? "ok     " : "BROKEN "}  ${scenario.name}, ${seconds} s`);
  for (const finding of findings) console.log(lineOf(finding));
}
clearInterval(awake);
console.log(`\n${broken} broken, ${skipped} not run`);
process.exitCode = broken > 0 ? 1 : 0;

function lackingFor({ needs, needsRoot }: Scenario): string[] {
  const tools = needs.filter((tool) => findTool(tool) === null);
  return needsRoot && process.getuid?.() !== 0 ? [...tools, "root"] : tools;
}
