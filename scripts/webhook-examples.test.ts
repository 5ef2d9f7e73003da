import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { afterAll, expect, test } from "vitest";
import { freePort } from "./free-port";

const SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfFWj8nEmI=";
const PAGE = readFileSync("docs/webhooks.md", "utf8");
const [RECEIVER = ""] = blocksIn("js");
const [VERIFY = "", SEND = ""] = blocksIn("bash");

const folder = mkdtempSync(join(tmpdir(), "signet-webhook-examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

function blocksIn(language: string): string[] {
  return [...PAGE.matchAll(/```(\w+)\n(.*?)```/gs)].flatMap(([, name, text = ""]) =>
    name === language ? [text] : [],
  );
}

async function inShell(script: string, variables: Record<string, string>): Promise<string> {
  const env = { ...process.env, SECRET, ...variables };
  const { stdout } = await promisify(execFile)("bash", ["-euc", script], { cwd: folder, env });
  return stdout.trim();
}

const NOW = new Date();
const BODY = JSON.stringify({ type: "io.signet.license.expired", data: { license: "ü" } });
const other = new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").sign("msg-1", NOW, BODY);

test.each([
  ["one signature", new Webhook(SECRET).sign("msg-1", NOW, BODY), "valid"],
  ["two signatures during a rotation", `${other} ${new Webhook(SECRET).sign("msg-1", NOW, BODY)}`, "valid"],
  ["another secret", other, "invalid"],
  ["another id", new Webhook(SECRET).sign("msg-2", NOW, BODY), "invalid"],
  ["another body", new Webhook(SECRET).sign("msg-1", NOW, `${BODY} `), "invalid"],
])("the example in the shell verifies %s", async (_, signature, expected) => {
  writeFileSync(join(folder, "body.json"), BODY);
  const TIMESTAMP = String(Math.floor(NOW.getTime() / 1000));
  expect(await inShell(VERIFY, { ID: "msg-1", TIMESTAMP, SIGNATURE: signature })).toBe(expected);
});

test("the example of a receiver accepts what the example of a sender signs, once, and nothing else", async () => {
  const PORT = String(await freePort());
  const receiver = spawn(process.execPath, ["--input-type=module", "-e", RECEIVER], {
    env: { ...process.env, SECRET, PORT },
  });
  let said = "";
  receiver.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const sent = `until curl -s -o /dev/null "http://localhost:$PORT/"; do :; done\n${SEND}`;
  expect(await inShell(sent, { PORT })).toBe("204");
  expect(await inShell(SEND, { PORT })).toBe("204");
  expect(await inShell(SEND, { PORT, SECRET: "whsec_AAAA" })).toBe("401");
  receiver.kill();
  await once(receiver, "exit");
  expect(said.trim()).toBe("io.signet.license.webhook.test {}");
});
