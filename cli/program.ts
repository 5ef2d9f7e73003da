import { Command, CommanderError } from "commander";
import { agent } from "./agent";
import { audit } from "./audit";
import { backup, backupKey } from "./backup";
import { check } from "./check";
import { definition } from "./definition";
import { migrate } from "./migrate";
import { openapi } from "./openapi";
import { reasonOf } from "./reason";
import { restore } from "./restore";
import { restored } from "./restored";
import { rotateKeys } from "./rotate-keys";
import { sample } from "./sample";
import { build, serve } from "./serve";
import { token } from "./token";

const SETTINGS = `
Settings are environment variables:
  DATA_DIR        the folder of the embedded store (./data)
  DATABASE_URL    postgres://…, PostgreSQL instead of the embedded store; requires SIGNET_SECRET
  PORT            the console and every API (3000)
  PROTOCOL_PORT   the product API (3001)
The embedded store takes one process at a time: stop the server first, or use DATABASE_URL.`;

/** Runs one command, called in `folder`, and returns the exit code: 0, or 1 with one sentence on stderr. */
export async function run(args: string[], folder = process.cwd()): Promise<number> {
  const program = new Command("signet")
    .description("A license backend: signed keys, activations, consumption and assignments.")
    .addHelpText("after", SETTINGS)
    .exitOverride();
  for (const add of [
    serve,
    build,
    agent,
    migrate,
    token,
    check,
    audit(folder),
    backup(folder),
    backupKey,
    restore(folder),
    definition(folder),
    openapi(folder),
    restored,
    rotateKeys,
    sample,
  ])
    add(program);
  try {
    await program.parseAsync(args.length > 0 ? args : ["help"], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${reasonOf(error)}\n`);
    return 1;
  }
}
