import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { storeKind, storeSettings, useStore } from "@/server/testing/test-store";

useStore();

/** Runs a command as a person does, in a process of its own. */
async function signetBeside(...args: string[]) {
  const env = { ...process.env, ...storeSettings() };
  const child = spawn(process.execPath, ["bin/signet.mjs", ...args], { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      said += text;
    });
  const [code] = await once(child, "close");
  return { code, said: said.trim() };
}

test("beside a running server a command works on PostgreSQL, and explains what to do on the embedded store", async () => {
  const { code, said } = await signetBeside("token", "create", "--role", "auditor", "--name", "Beside");
  if (storeKind() === "postgresql") {
    expect([code, said]).toEqual([0, expect.stringContaining("sgn_")]);
  } else {
    expect(code).toBe(1);
    expect(said).toMatch(/is in use by a running Signet\. Stop that one first.*DATABASE_URL/);
    expect(said.split("\n")).toHaveLength(1);
  }
});
