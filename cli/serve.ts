import type { Command } from "commander";

/** Only described here: `bin/signet.mjs` builds and starts the server itself. */
export function serve(program: Command): void {
  program
    .command("serve")
    .description("start the console and the product API; builds them first if needed")
    .option("--no-build", "refuse to start if the build is missing or from another version")
    .option("--dev", "compile pages on request and when they change");
}

export function build(program: Command): void {
  program.command("build").description("build what is missing or from another version, then stop");
}
