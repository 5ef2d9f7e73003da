import type { Command } from "commander";
import { fillSample } from "@/server/sample/fill";
import { store } from "@/server/store";
import { withStore } from "./with-store";

export function sample(program: Command): void {
  program
    .command("sample")
    .description("fill an empty store with three customers, ten licenses and a year of history")
    .action(async () => {
      const { days, place } = await withStore(async () => ({
        days: await fillSample({ now: new Date(), progress: showShare }),
        place: store().place,
      }));
      process.stdout.write(
        `Three customers and ten licenses with ${days} days of history are in ${place}. Start the server with npm start.\n`,
      );
    });
}

/** On a terminal only: a log is not filled with percents. */
function showShare(share: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(share * 100)} %${share < 1 ? "" : "\n"}`);
}
