import { createVerify } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { checkpointName } from "@/domain/audit-checkpoint";
import { SYSTEM } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { verifyChain } from "@/server/audit/chain";
import {
  activeKid,
  activeSigner,
  jsonWebKeySet,
  publicKeyOf,
  rotateSigningKey,
  withdrawSigningKey,
} from "@/server/keys/signing-keys";
import { createSampleCustomers } from "@/server/licenses/customers";
import type { License } from "@/server/licenses/license";
import { copyLicense } from "@/server/licenses/license-copies";
import { beginEpoch } from "@/server/restores/restores";
import { removeSample } from "@/server/sample/sample-removal";
import { parseEnv } from "@/server/store/env";
import { store } from "@/server/store/store";
import { cutChain } from "@/server/testing/test-audit";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { keepCheckpoints, lateCheckpoint } from "./checkpoints";
import { compareWithCheckpoints } from "./comparison";
import { folderArchive } from "./folder-archive";
import { signCheckpoint } from "./signed-checkpoint";

useStore();
vi.stubEnv("LOG_LEVEL", "silent");

/** After the restore that the copied store notices when it is opened, to the second. */
const BEGIN = Math.ceil(Date.now() / 1000) * 1000;
const after = (minutes: number) => new Date(BEGIN + minutes * 60_000);

let root: string;
let folder: string;
let license: License;
/** The moment of the next checkpoint: each test has hours of its own. */
let hour = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "signet-checkpoints-"));
  license = await makeLicense();
});
beforeEach(async () => {
  hour += 100;
  folder = join(root, String(hour));
  await mkdir(folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const archive = () => folderArchive(folder);
const at = (hours: number) => after((hour + hours) * 60);

/** Writes a checkpoint, and returns its name. */
async function checkpoint(hours = 0): Promise<string> {
  await keepCheckpoints(at(hours), archive());
  return checkpointName(at(hours));
}

async function record(count: number, chain = license.number, object = "k"): Promise<void> {
  const events = Array.from({ length: count }, () => ({ action: "key.issued" as const, object }));
  await store().db.$transaction((tx) => recordEvents(tx, chain, SYSTEM, NOW, events));
}

async function lengthOf(chain: string): Promise<number> {
  return store().db.auditEvent.count({ where: { chain } });
}

const claimsIn = async (name: string) =>
  JSON.parse(
    Buffer.from((await readFile(join(folder, name), "utf8")).split(".")[1] ?? "", "base64url").toString(),
  );

test("a checkpoint names the end of every chain, and anybody who has the public key can prove it", async () => {
  const copy = await copyLicense(license.number, SYSTEM, NOW);
  const name = await checkpoint();
  const [head = "", body = "", signature = ""] = (await readFile(join(folder, name), "utf8")).split(".");
  const kid = await activeKid();
  expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({
    ...{ alg: "RS512", typ: "audit-checkpoint+jwt", kid },
  });
  const key = await publicKeyOf(kid);
  const isProven = createVerify("RSA-SHA512")
    .update(`${head}.${body}`)
    .verify(key ?? "", signature, "base64url");
  expect(isProven).toBe(true);

  const { iss, iat, chains } = await claimsIn(name);
  expect(iss).toMatch(/^[0-9a-f]{32}$/);
  expect(iat).toBe(at(0).getTime() / 1000);
  const last = await store().db.auditEvent.findFirstOrThrow({
    where: { chain: license.number },
    orderBy: { sequence: "desc" },
  });
  expect(chains[license.number]).toEqual([Number(last.sequence), Buffer.from(last.hash).toString("hex")]);
  expect(Object.keys(chains)).toContain("installation");
  expect(Object.keys(chains)).not.toContain(copy.number);
});

test("a checkpoint is written once in an hour, into a file that is complete", async () => {
  await checkpoint();
  await keepCheckpoints(after(hour * 60 + 44), archive());
  expect(await readdir(folder)).toEqual([checkpointName(at(0))]);
  await keepCheckpoints(after(hour * 60 + 45), archive());
  expect(await readdir(folder)).toHaveLength(2);
});

test("a checkpoint that can't be written is tried again at once, and says why", async () => {
  const gone = folderArchive(join(folder, "gone"));
  await expect(keepCheckpoints(at(0), gone)).rejects.toThrow(
    `${join(folder, "gone")} can't be written (ENOENT).`,
  );
  await keepCheckpoints(at(0), archive());
  expect(await readdir(folder)).toHaveLength(1);
});

test("the next checkpoint is late three hours after the last, if checkpoints are to be written", async () => {
  const settings = parseEnv({ AUDIT_CHECKPOINTS: folder });
  await checkpoint();
  expect(await lateCheckpoint(at(3), settings)).toBeNull();
  expect(await lateCheckpoint(at(4), settings)).toEqual({ last: at(0) });
  expect(await lateCheckpoint(at(4), parseEnv({}))).toBeNull();
});

test("chains that only grew are as every checkpoint says", async () => {
  await checkpoint();
  await record(2);
  await checkpoint(1);
  await record(1);
  expect(await compareWithCheckpoints(archive())).toEqual({
    ...{ checkpoints: 2, newest: at(1), refused: [], conflicts: [] },
  });
});

test("a tail that was cut, which the chain itself can't show, is found by the checkpoint that saw most of it", async () => {
  const { number } = await makeLicense();
  await checkpoint();
  await record(5, number);
  await checkpoint(1);
  await cutChain(number, 2);
  await checkpoint(2);
  expect(await verifyChain(number)).toMatchObject({ whole: true, events: 2 });
  const { conflicts } = await compareWithCheckpoints(archive());
  expect(conflicts).toEqual([
    {
      ...{ chain: number, kind: "cut", end: 2, restored: null },
      checkpoint: { at: at(1), sequence: 6 },
    },
  ]);
});

test("a chain that was rewritten with valid hashes is found, even if it is as long as before", async () => {
  const { number } = await makeLicense();
  await record(3, number);
  await checkpoint();
  await cutChain(number, 1);
  await record(7, number, "forged");
  expect(await verifyChain(number)).toMatchObject({ whole: true, events: 8 });
  expect((await compareWithCheckpoints(archive())).conflicts).toMatchObject([
    { chain: number, kind: "replaced", checkpoint: { sequence: 4 } },
  ]);
});

test("a chain that is gone with its license is found, unless the sample data was removed", async () => {
  await createSampleCustomers(["Nordlicht"], SYSTEM, NOW);
  const sample = await makeLicense({ customer: "Nordlicht" });
  const { number } = await makeLicense();
  await checkpoint();
  await record(1, sample.number);
  await removeSample(SYSTEM, at(1));
  await store().db.$executeRaw`DELETE FROM audit_event WHERE chain = ${number}`;
  await store().db.$executeRaw`DELETE FROM roster WHERE license = ${number}`;
  expect(await lengthOf(sample.number)).toBe(0);
  expect((await compareWithCheckpoints(archive())).conflicts).toMatchObject([
    { chain: number, kind: "gone" },
  ]);
});

test("a restore that was recorded after a checkpoint explains what that one misses, and nothing later", async () => {
  const { number } = await makeLicense();
  const other = await makeLicense();
  await record(3, number);
  await record(3, other.number);
  await checkpoint();
  await cutChain(number, 2);
  await beginEpoch(at(1));
  await checkpoint(2);
  await cutChain(other.number, 1);
  const { conflicts } = await compareWithCheckpoints(archive());
  const found = Object.fromEntries(conflicts.map(({ chain, restored }) => [chain, restored]));
  expect(found).toEqual({ [number]: at(1), [other.number]: null });
  const since = await compareWithCheckpoints(archive(), { since: at(2) });
  expect([since.checkpoints, since.conflicts.map(({ chain }) => chain)]).toEqual([1, [other.number]]);
});

test("what isn't a checkpoint of this installation is refused, and the others are compared all the same", async () => {
  const name = await checkpoint();
  const text = await readFile(join(folder, name), "utf8");
  const [head = "", , signature = ""] = text.split(".");
  const claims = await claimsIn(name);
  const forged = (change: object, header = head) =>
    [header, Buffer.from(JSON.stringify({ ...claims, ...change })).toString("base64url"), signature].join(
      ".",
    );
  const foreign = { ...JSON.parse(Buffer.from(head, "base64url").toString()), kid: crypto.randomUUID() };
  const files = {
    [checkpointName(at(1))]: forged({ chains: {} }),
    [checkpointName(at(2))]: forged({}, Buffer.from(JSON.stringify(foreign)).toString("base64url")),
    [checkpointName(at(3))]: "nothing",
    [checkpointName(at(4))]: text.slice(0, -10),
  };
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
  const { checkpoints, refused } = await compareWithCheckpoints(archive());
  expect([checkpoints, refused.map(({ error }) => error)]).toEqual([
    1,
    ["signature", "signer", "form", "signature"],
  ]);
});

test("a checkpoint of another installation is refused, even if it is signed by a key that is known", async () => {
  const other = { installation: "0".repeat(32), at: at(0), ends: [] };
  await archive().write(checkpointName(at(0)), await signCheckpoint(other, await activeSigner()));
  expect(await compareWithCheckpoints(archive())).toMatchObject({
    ...{ checkpoints: 0, newest: null, refused: [{ error: "installation" }] },
  });
});

test("checkpoints outlive the rotation and the withdrawal of their key", async () => {
  const kid = await activeKid();
  const name = await checkpoint();
  const kept = await jsonWebKeySet();
  await rotateSigningKey(SYSTEM, NOW);
  await withdrawSigningKey(kid, false, SYSTEM, NOW);
  await checkpoint(1);
  expect(await compareWithCheckpoints(archive())).toMatchObject({ checkpoints: 2, refused: [] });
  const served = await compareWithCheckpoints(archive(), { keys: await jsonWebKeySet() });
  expect(served).toMatchObject({ checkpoints: 1, refused: [{ name, error: "signer" }] });
  const both = { keys: [...(await jsonWebKeySet()).keys, ...kept.keys] };
  expect(await compareWithCheckpoints(archive(), { keys: both })).toMatchObject({ checkpoints: 2 });
});
