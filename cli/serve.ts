import type { Command } from "commander";

/** Only described here: `bin/signet.mjs` starts the built server itself. */
export function serve(program: Command): void {
  program
    .command("serve")
    .description("start the console and the door for products; the same as npm start")
    .option("--dev", "compile pages as they are asked for, and again when they change")
    .action(() => {
      throw new Error("Start the server with npm start.");
    });
}
