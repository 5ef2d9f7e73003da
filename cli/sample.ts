import type { Command } from "commander";
import { store } from "@/server/store";
import { fillSample } from "./sample/fill";
import { withStore } from "./with-store";

export function sample(program: Command): void {
  program
    .command("sample")
    .description("fill an empty store with two customers, eight licenses and three months of history")
    .action(async () => {
      const { days, place } = await withStore(async () => ({
        days: await fillSample({ now: new Date(), progress: showShare }),
        place: store().place,
      }));
      process.stdout.write(
        `Two customers and eight licenses with ${days} days of history are in ${place}. Start the server with npm start.\n`,
      );
    });
}

/** On a terminal only: a log is not filled with percents. */
function showShare(share: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(share * 100)} %${share < 1 ? "" : "\n"}`);
}
