import type { Command } from "commander";

/** Only described here: `bin/signet.mjs` builds and starts the server itself. */
export function serve(program: Command): void {
  program
    .command("serve")
    .description("start the console and the product API; builds them first where needed")
    .option("--no-build", "refuse to start where the build is missing or of another version")
    .option("--dev", "compile pages as they are asked for, and again when they change");
}

export function build(program: Command): void {
  program.command("build").description("build what is missing or of another version, and stop");
}
