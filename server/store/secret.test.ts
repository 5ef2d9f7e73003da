import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseEnv } from "./env";
import { keepSecret, readSecrets } from "./secret";

const SECRET = randomBytes(32);

let folder: string;
beforeEach(() => {
  folder = join(tmpdir(), `signet-secret-${randomUUID()}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = () => readSecrets(parseEnv({ DATA_DIR: folder }));
const holding = (text: string) => {
  mkdirSync(folder);
  writeFileSync(join(folder, "secret"), text);
};

test("the first start creates a secret that only its user can read, and the next one finds it", async () => {
  const [made] = await read();
  expect(made).toHaveLength(32);
  expect(await read()).toEqual([made]);
  expect(readdirSync(folder)).toEqual(["secret"]);
  if (process.platform !== "win32") expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
});

test("a file that an interrupted start left beside it does no harm", async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, "secret.new"), "half");
  expect((await read())[0]).toHaveLength(32);
  expect(readdirSync(folder)).toEqual(["secret"]);
});

test.each([
  ["nothing, as a full disk leaves it", ""],
  ["a part of it", SECRET.toString("base64").slice(0, 40)],
  ["31 bytes", randomBytes(31).toString("base64")],
  ["33 bytes", randomBytes(33).toString("base64")],
  ["other text", "a passphrase that somebody typed into it by hand, long enough"],
])("a file with %s is refused with its path", async (_, text) => {
  holding(text);
  await expect(read()).rejects.toThrow(`${join(folder, "secret")} doesn't have a complete secret`);
});

test("a line break that an editor added is accepted", async () => {
  holding(`${SECRET.toString("base64")}\n`);
  expect(await read()).toEqual([SECRET]);
});

test("a store whose secret is gone gets no new one", async () => {
  mkdirSync(join(folder, "pg"), { recursive: true });
  await expect(read()).rejects.toThrow("is missing, and the store beside it can't be read without it");
  expect(readdirSync(folder)).toEqual(["pg"]);
});

test("after a rotation the file has the secret in use; none is created where there was none", async () => {
  mkdirSync(folder);
  keepSecret(folder, SECRET);
  expect(readdirSync(folder)).toEqual([]);
  await read();
  keepSecret(folder, SECRET);
  expect(readFileSync(join(folder, "secret"), "utf8")).toBe(SECRET.toString("base64"));
});
