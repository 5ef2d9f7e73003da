import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";

type Wanted = {
  backend: string;
  data: string;
  port: number;
  host?: string;
  product?: string;
  proxy?: string;
  ca?: string;
  tlsMin?: "TLSv1.2" | "TLSv1.3";
  ciphers?: string;
  token?: string;
};

/** The Licenses service beside a product. `bin/signet.mjs` runs it from a bundle, which needs a third less memory. */
export function agent(program: Command): void {
  program
    .command("agent")
    .description("run the Licenses service beside a product, with its local API and control panel")
    .requiredOption("--backend <url>", "the product door of the backend", readUrl)
    .requiredOption("--data <folder>", "the local store; one agent at a time")
    .option("--port <port>", "the local API and the control panel", readPort, 9200)
    .option("--host <address>", "where they listen; beyond loopback a token is needed", "127.0.0.1")
    .option("--product <code>", "the product that is licensed", "QSEfW")
    .option("--proxy <url>", "http://user:password@host:port, on the way to the backend", readUrl)
    .option(
      "--ca <file>",
      "the CA that the backend's certificate is of, instead of the system's (PEM)",
      readPem,
    )
    .addOption(new Option("--tls-min <version>", "the lowest TLS version").choices(["TLSv1.2", "TLSv1.3"]))
    .option("--ciphers <list>", "the TLS ciphers to offer, as OpenSSL names them, with colons between")
    .option("--token <token>", "what callers of the local API must send as Authorization: Bearer")
    .action(start);
}

/** Runs the command alone and answers its exit code; a running agent ends the process itself. */
export async function run(args: string[]): Promise<number> {
  const program = new Command("signet").exitOverride();
  agent(program);
  try {
    await program.parseAsync(["agent", ...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`The agent can not start. ${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

async function start(wanted: Wanted): Promise<void> {
  const { serveAgent } = await import("@/agent/serve");
  const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const { url, close } = await serveAgent({ ...wanted, log: unrepeated(log) });
  process.stdout.write(`The agent is ready. Control panel: ${url}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      void close().then(() => process.exit(0));
    });
}

/** A trouble that lasts is told once. */
function unrepeated(log: (line: string) => void): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) log(line);
    last = line;
  };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError("Give an http or https address.");
  return text;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("Give a port up to 65535.");
  return port;
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new InvalidArgumentError(`${file} can not be read.`);
  }
}
