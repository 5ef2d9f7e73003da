import type { Command } from "commander";
import { fillSample } from "@/server/sample/fill";
import { store } from "@/server/store/store";
import { withStore } from "./with-store";

export function sample(program: Command): void {
  program
    .command("sample")
    .description("add sample data: three customers, ten licenses and a year of history")
    .action(async () => {
      const { days, place } = await withStore(async () => ({
        days: await fillSample({ now: new Date(), progress: shareShown() }),
        place: store().place,
      }));
      process.stdout.write(
        `Three customers and ten licenses with ${days} days of history are in ${place}. Start the server with npm start.\n`,
      );
    });
}

/** On a terminal in place; elsewhere one line for each tenth, so that a log isn't filled with percentages. */
function shareShown(): (share: number) => void {
  let shown = 0;
  return (share) => {
    const percent = Math.round(share * 100);
    if (process.stderr.isTTY) process.stderr.write(`\r${percent}% generated${share < 1 ? "" : "\n"}`);
    else if (percent >= shown + 10) {
      shown = percent - (percent % 10);
      process.stderr.write(`${shown}% generated\n`);
    }
  };
}
