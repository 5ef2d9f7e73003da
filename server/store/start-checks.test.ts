import { randomUUID } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { copiedStore, storeKind } from "@/server/testing/test-store";
import { checkStart } from "./start-checks";

const folder = join(tmpdir(), `signet-checks-${randomUUID()}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FREE = { PORT: "0", PROTOCOL_PORT: "0", DATA_DIR: folder };

function taken(host: string): Promise<string> {
  return new Promise((done) => {
    const server: Server = createServer().listen(0, host, () => {
      const address = server.address();
      done(typeof address === "object" ? String(address?.port) : "");
    });
    onTestFinished(() => void server.close());
  });
}

test("a start on the configured store passes, and returns how the process will respond", async () => {
  const place = await copiedStore();
  onTestFinished(async () => void (await place.remove()));
  const { address, hasStore, settings } = await checkStart({ ...FREE, ...place.settings, HOST: "::1" });
  expect([address(3000), hasStore, settings.PORT]).toEqual(["http://[::1]:3000", true, 0]);
});

test("an empty place passes too", async () => {
  expect(await checkStart(FREE)).toMatchObject({ hasStore: false });
});

test.each(["PORT", "PROTOCOL_PORT", "METRICS_PORT"])("a %s in use is named", async (name) => {
  const port = await taken("127.0.0.1");
  await expect(checkStart({ ...FREE, HOST: "127.0.0.1", [name]: port })).rejects.toThrow(
    `${name} ${port} is in use by another program.`,
  );
});

test("an address of another machine is named", async () => {
  await expect(checkStart({ ...FREE, HOST: "192.0.2.1" })).rejects.toThrow(
    "HOST 192.0.2.1 is not an address of this machine.",
  );
});

test("a DATA_DIR that is a file, or lies below one, is named", async () => {
  const file = `${folder}-file`;
  writeFileSync(file, "");
  onTestFinished(() => rmSync(file));
  await expect(checkStart({ ...FREE, DATA_DIR: file })).rejects.toThrow(`DATA_DIR ${file} is a file.`);
  await expect(checkStart({ ...FREE, DATA_DIR: `${file}/data` })).rejects.toThrow("is inside a file.");
});

test("a folder for checkpoints that can't be written is named; a bucket isn't asked", async () => {
  const file = `${folder}-file`;
  writeFileSync(file, "");
  onTestFinished(() => rmSync(file));
  await expect(checkStart({ ...FREE, AUDIT_CHECKPOINTS: file })).rejects.toThrow(
    `AUDIT_CHECKPOINTS ${file} is a file. Name a folder.`,
  );
  const AWS = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-central-1" };
  await checkStart({ ...FREE, ...AWS, AUDIT_CHECKPOINTS: "s3://audit" });
});

test("a missing certificate is named", async () => {
  const TLS = { TLS_CERT: `${folder}-cert.pem`, TLS_KEY: `${folder}-key.pem` };
  await expect(checkStart({ ...FREE, ...TLS })).rejects.toThrow(/^TLS_CERT can't use .*ENOENT/);
});

test("an unreachable database is named without its password, and no folder is created for it", async () => {
  const SIGNET_SECRET = Buffer.alloc(32, 1).toString("base64");
  const DATABASE_URL = "postgres://signet:hunter2@127.0.0.1:1/signet";
  const starting = checkStart({ ...FREE, DATA_DIR: `${folder}-none`, DATABASE_URL, SIGNET_SECRET });
  await expect(starting).rejects.toThrow(
    "DATABASE_URL: no database answers at postgres://127.0.0.1:1/signet (ECONNREFUSED).",
  );
  expect(existsSync(`${folder}-none`)).toBe(false);
});

test.runIf(storeKind() === "postgresql")("one of several servers has to respond", async () => {
  const place = await copiedStore();
  onTestFinished(async () => void (await place.remove()));
  const DATABASE_URL = place.settings.DATABASE_URL?.replace("@", "@127.0.0.1:1,");
  expect(await checkStart({ ...FREE, ...place.settings, DATABASE_URL })).toMatchObject({ hasStore: true });
});

test.runIf(storeKind() === "postgresql")("a database that refuses gives its reason", async () => {
  const place = await copiedStore();
  onTestFinished(async () => void (await place.remove()));
  const DATABASE_URL = `${place.settings.DATABASE_URL}_gone`;
  await expect(checkStart({ ...FREE, ...place.settings, DATABASE_URL })).rejects.toThrow(
    /^DATABASE_URL: .* refused the connection: database .* does not exist\.$/,
  );
});
