import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { ServeOfflineOptions, ServeOptions } from "@/agent/serve";
import { caOf, checkedKey, checkedToken, secretOf, textOf } from "./agent-settings";

/** The options of the command line; secrets come from files or the environment. */
type Wanted = Pick<
  ServeOptions,
  "data" | "port" | "host" | "product" | "proxy" | "tlsMin" | "ciphers" | "reset"
> & {
  backend?: string;
  offline?: string;
  jwks?: string;
  reply?: string;
  outageHours?: number;
  ca?: string;
  token?: string;
  tokenFile?: string;
  keyFile?: string;
  proxyPasswordFile?: string;
};

const SECRETS = `
Everyone on this machine can read command lines, so pass secrets in files or environment variables:
  SIGNET_PROXY_PASSWORD, --proxy-password-file   the proxy's password, not encoded
  SIGNET_TOKEN, --token-file                     the token of the local API
  SIGNET_KEY, --key-file                         the signed license key, entered at each start`;

/** The Licenses service beside a product. `bin/signet.mjs` runs it from a bundle, which needs a third less memory. */
export function agent(program: Command): void {
  program
    .command("agent")
    .description("run the Licenses service next to a product, with its local API and control panel")
    .option("--backend <url>", "the product API of the backend, such as https://license.example.com")
    .option("--offline <file>", "a signed definition, for a deployment without a network")
    .option("--jwks <file>", "the vendor's key set, which verifies these files")
    .option("--reply <file>", "the backend's reply to an uploaded log, read at the start")
    .requiredOption("--data <folder>", "the local store; one agent at a time")
    .option("--port <port>", "the port of the local API and the control panel", readPort, 9200)
    .option("--host <address>", "the address they listen on; beyond loopback, a token is needed", "127.0.0.1")
    .option("--product <code>", "the licensed product", "QSEfW")
    .option("--proxy <url>", "the proxy to the backend, as http://user@host:port")
    .option("--proxy-password-file <file>", "a file with the proxy's password")
    .option("--ca <file>", "the CA of the backend's certificate (PEM or DER), instead of the system's")
    .addOption(new Option("--tls-min <version>", "the lowest TLS version").choices(["TLSv1.2", "TLSv1.3"]))
    .option(
      "--ciphers <list>",
      "the only TLS ciphers to use, by OpenSSL or IANA name, separated by commas or colons",
    )
    .option(
      "--token <token>",
      "the token that callers of the local API send as Authorization: Bearer; prefer --token-file",
    )
    .option("--token-file <file>", "a file with that token")
    .option("--key-file <file>", "a file with the signed license key")
    .option(
      "--outage-hours <hours>",
      "how long reserved minutes should last without the backend, for licenses that reserve them",
      readHours,
    )
    .option("--reset", "start with an empty store; the old one is kept under another name")
    .addHelpText("after", SECRETS)
    .action(start);
}

/** Runs the command alone and returns its exit code; a running agent ends the process itself. */
export async function run(args: string[]): Promise<number> {
  const program = new Command("signet").exitOverride();
  agent(program);
  try {
    await program.parseAsync(["agent", ...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`The agent can't start. ${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

async function start(wanted: Wanted): Promise<void> {
  const options = wanted.offline === undefined ? online(wanted) : offline(wanted, wanted.offline);
  const { serveAgent } = await import("@/agent/serve");
  const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const { url, close } = await serveAgent({ ...options, log: unrepeated(log) });
  process.stdout.write(`The agent is ready. Control panel: ${url}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      void close().then(() => process.exit(0));
    });
}

/** A deployment without a network has no backend, proxy or key: everything comes from files. */
function offline({ data, port, host, product, reset, ...wanted }: Wanted, file: string): ServeOfflineOptions {
  const { backend, jwks, reply, tokenFile } = wanted;
  if (backend !== undefined) throw new Error("Give either --backend or --offline, not both.");
  if (jwks === undefined)
    throw new Error(
      "--offline needs --jwks: the vendor's key set, saved from the backend's /.well-known/jwks.json.",
    );
  const token =
    wanted.token ?? secretOf({ option: "--token-file", file: tokenFile, variable: "SIGNET_TOKEN" });
  return {
    ...{ data, port, host, product, reset, token: checkedToken(token) },
    offline: {
      sld: textOf("--offline", file),
      jwks: textOf("--jwks", jwks),
      reply: reply === undefined ? undefined : textOf("--reply", reply),
    },
  };
}

function online(given: Wanted): ServeOptions {
  const { tokenFile, keyFile, proxyPasswordFile, offline: _, jwks, reply, backend, ...wanted } = given;
  if (backend === undefined)
    throw new Error("Give --backend, or --offline for a deployment without a network.");
  if (jwks !== undefined || reply !== undefined)
    throw new Error("--jwks and --reply are for a deployment without a network: add --offline.");
  const secret = (option: string, file: string | undefined, variable: string) =>
    secretOf({ option, file, variable });
  return {
    ...wanted,
    backend,
    ca: caOf(wanted.ca),
    token: checkedToken(wanted.token ?? secret("--token-file", tokenFile, "SIGNET_TOKEN")),
    key: checkedKey(secret("--key-file", keyFile, "SIGNET_KEY")),
    proxyPassword: secret("--proxy-password-file", proxyPasswordFile, "SIGNET_PROXY_PASSWORD"),
  };
}

/** Logs a lasting problem once. */
function unrepeated(log: (line: string) => void): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) log(line);
    last = line;
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("Give a port from 0 to 65535.");
  return port;
}

function readHours(text: string): number {
  const hours = Number(text);
  if (text.trim() === "" || !(hours >= 0 && hours <= 72))
    throw new InvalidArgumentError("Give hours from 0 to 72.");
  return hours;
}
