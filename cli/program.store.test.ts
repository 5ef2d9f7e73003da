import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { keepCheckpoints } from "@/server/checkpoints/checkpoints";
import { folderArchive } from "@/server/checkpoints/folder-archive";
import { principalOfToken } from "@/server/identity/tokens";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createCustomer } from "@/server/licenses/customers";
import { prepareInstallation } from "@/server/maintenance/installation";
import { beginEpoch } from "@/server/restores/restores";
import { CUSTOMERS } from "@/server/sample/plan";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore, store } from "@/server/store/store";
import { cutChain } from "@/server/testing/test-audit";
import { makeLicense } from "@/server/testing/test-licenses";
import { copiedStore, type TestStore } from "@/server/testing/test-store";
import { run } from "./program";

let place: TestStore;
beforeAll(async () => {
  place = await copiedStore();
  for (const [name, value] of Object.entries(place.settings)) vi.stubEnv(name, value);
  forgetProcessState();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  forgetProcessState();
  await place.remove();
});
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process, and returns its output. */
async function signet(...args: string[]) {
  const said = { out: "", err: "" };
  const into = (name: keyof typeof said) => (text: string | Uint8Array) => {
    said[name] += text;
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(into("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(into("err"));
  const code = await run(args);
  vi.restoreAllMocks();
  return { code, out: said.out.trim(), err: said.err.trim() };
}

/** Opens the commands' store in this process while the work runs. */
async function within<T>(work: () => Promise<T>): Promise<T> {
  await openStore(parseEnv(place.settings));
  try {
    await prepareInstallation(new Date());
    return await work();
  } finally {
    await closeStore();
  }
}

test("help names every command and the settings, and needs no store", async () => {
  const { code, out } = await signet();
  expect(code).toBe(0);
  for (const word of [
    ...["serve", "migrate", "token", "check", "definition", "restored", "rotate-keys", "sample"],
    ...["DATA_DIR", "DATABASE_URL"],
  ])
    expect(out).toContain(word);
});

test.each([
  [["frobnicate"], "unknown command"],
  [["token", "create", "--name", "x"], "--role"],
  [["token", "create", "--role", "god", "--name", "x"], "owner, issuer, license-admin, auditor"],
  [["token", "create", "--role", "auditor", "--name", "x", "--license", "12"], "16 digits"],
  [
    ["token", "create", "--role", "auditor", "--name", "x", "--license", "1".repeat(16)],
    "License 1111111111111111 doesn't exist.",
  ],
  [["token", "create", "--role", "license-admin", "--name", "x"], "Name the customers or the license"],
  [
    ["token", "create", "--role", "license-admin", "--name", "x", "--customer", "Nobody"],
    "Customer Nobody doesn't exist.",
  ],
])("%j is refused with one sentence", async (args, sentence) => {
  const { code, out, err } = await signet(...args);
  expect({ code, out, err }).toEqual({ code: 1, out: "", err: expect.stringContaining(sentence) });
  expect(err.split("\n")).toHaveLength(1);
});

test("a token is printed alone, and has the requested role", async () => {
  const { number, customer } = await within(() => makeLicense());
  const asked = ["--role", "license-admin", "--name", "Portal", "--customer", customer.name.toUpperCase()];
  const { code, out } = await signet("token", "create", ...asked, "--license", number, "--days", "2");
  expect([code, out]).toEqual([0, expect.stringMatching(/^sgn_[A-Za-z0-9_-]{43}$/)]);
  await within(async () => {
    expect(await principalOfToken(out, new Date())).toMatchObject({
      ...{ name: "Portal", role: "license-admin", license: number, customers: [customer.id] },
    });
    expect(await principalOfToken(out, new Date(Date.now() + 2 * 86_400_000))).toBeNull();
  });
});

test("check prints each rule, and exits with 1 if one is broken", async () => {
  const whole = await signet("check");
  expect([whole.code, whole.err]).toEqual([0, ""]);
  expect(
    whole.out
      .split("\n")
      .slice(0, -1)
      .every((line) => /^ok {6}.* \([\d,]+ rows?\)$/.test(line)),
  ).toBe(true);
  await within(() => store().db.$executeRaw`UPDATE allotment SET live = live + 1`);
  const broken = await signet("check");
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(
    /BROKEN {2}the count of each allotment.*\n +1 row fails:\n +- \d{16} analyzer\n/,
  );
  expect(broken.out).toContain("The store fails 1 check.");
});

/** Later than what the store records at its start. */
const hoursAhead = (hours: number) => new Date(Date.now() + hours * 3_600_000);

/** Settings with a folder for checkpoints, while the work runs. */
async function withCheckpoints(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "signet-audit-"));
  vi.stubEnv("AUDIT_CHECKPOINTS", folder);
  forgetProcessState();
  await work(folder).finally(async () => {
    vi.stubEnv("AUDIT_CHECKPOINTS", undefined);
    forgetProcessState();
    await rm(folder, { recursive: true });
  });
}

test("audit verify names what a chain lacks of its checkpoints, and tells a restore apart", () =>
  withCheckpoints(async (folder) => {
    const writeAt = (at: Date) => within(() => keepCheckpoints(at, folderArchive(folder)));
    const { number } = await within(() => makeLicense());
    await within(() => issueLicenseKey(number, "", SYSTEM, new Date()));
    expect((await signet("audit", "verify")).out).toContain(`There is no checkpoint in ${folder}.`);
    await writeAt(hoursAhead(1));
    expect(await signet("audit", "verify")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/ intact\.\nCompared with 1 checkpoint, the newest of \S+Z\.$/),
    });

    await within(() => cutChain(number, 1));
    const missing = `the chain of license ${number} ends at event 1; the checkpoint of \\S+Z says 2`;
    expect(await signet("audit", "verify")).toMatchObject({
      code: 1,
      out: expect.stringMatching(new RegExp(`\nMISSING {2}${missing}\n(.*\n)1 chain differs from them\\.$`)),
    });

    await within(() => beginEpoch(hoursAhead(2)));
    const restored = await signet("audit", "verify");
    expect(restored.code).toBe(1);
    expect(restored.out).toMatch(new RegExp(`\nRESTORED {2}${missing}\\. A restore was recorded on \\S+Z: `));
    await writeAt(hoursAhead(3));
    const since = hoursAhead(2).toISOString();
    expect(await signet("audit", "verify", "--since", since)).toMatchObject({ code: 0 });
  }));

test.each([
  [["--since", "yesterday"], "--since needs a time like 2026-11-30T12:00:00Z."],
  [["--jwks", "missing.json"], "can't be read."],
])("audit verify %j is refused with one sentence", async (options, sentence) => {
  await withCheckpoints(async () => {
    const { code, err } = await signet("audit", "verify", ...options);
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
  });
  expect((await signet("audit", "verify", ...options)).err).toContain("set AUDIT_CHECKPOINTS");
});

test("audit verify names the first bad event of each chain, and exits with 1", async () => {
  const whole = await signet("audit", "verify");
  expect(whole).toEqual({
    code: 0,
    err: "",
    out: expect.stringMatching(/^\d+ chains verified, \d+ events intact\.$/),
  });
  const { number } = await within(async () => {
    const license = await makeLicense();
    await issueLicenseKey(license.number, "", SYSTEM, new Date());
    await store().db.auditEvent.updateMany({
      where: { chain: license.number, sequence: 2 },
      data: { actor: "eve" },
    });
    return license;
  });
  const broken = await signet("audit", "verify");
  expect([broken.code, broken.err]).toEqual([1, ""]);
  expect(broken.out).toMatch(
    new RegExp(
      `^BROKEN {2}${number}: event 2 \\(\\S{36}\\) was changed\n1 chain of \\d+ chains is broken\\.$`,
    ),
  );
  await within(() => store().db.auditEvent.deleteMany({ where: { chain: number, sequence: 2 } }));
  expect((await signet("audit", "verify")).out).toContain(
    `${number}: event 2 is missing, with everything after it`,
  );
});

test("rotate-keys starts the rotation of one license or of all, and says how far they are", async () => {
  const { number } = await within(() => makeLicense());
  const started = await signet("rotate-keys", "--license", number);
  expect(started).toEqual({
    ...{ code: 0, err: "" },
    out: "1 key will be replaced. 1 new key announced, 0 old keys still in use.",
  });
  const again = await signet("rotate-keys", "--license", number);
  expect(again.out).toBe("Nothing was started. 1 new key announced, 0 old keys still in use.");
  const all = await signet("rotate-keys");
  expect(all.out).toMatch(/^[1-9]\d* keys? will be replaced\. \d+ new keys announced/);
  expect((await signet("rotate-keys", "--status")).out).toMatch(/^\d+ new keys announced, 0 old keys/);
  expect((await signet("rotate-keys", "--license", "1".repeat(16))).code).toBe(1);
});

test("restored begins a new epoch, and records it", async () => {
  const epochs = () =>
    within(async () =>
      (await store().db.roster.findMany({ select: { epoch: true } })).map(({ epoch }) => epoch),
    );
  const before = await epochs();
  expect(await signet("restored")).toMatchObject({ code: 0, err: "" });
  const after = await epochs();
  expect(after).toHaveLength(before.length);
  expect(after.filter((epoch) => before.includes(epoch))).toEqual([]);
  const newest = { where: { chain: "installation" }, orderBy: { sequence: "desc" } } as const;
  expect(await within(() => store().db.auditEvent.findFirst(newest))).toMatchObject({
    action: "installation.restored",
    actorKind: "system",
    details: { epoch: after[0] },
  });
});

test("migrate says where the store is, never with a password, and finishes", async () => {
  const { code, out } = await signet("migrate");
  expect([code, out]).toEqual([0, expect.stringContaining("is up to date")]);
  expect(out).not.toContain("signet@");
});

test("sample is refused if a customer with one of its names exists", async () => {
  await within(() => createCustomer(String(CUSTOMERS[0]), SYSTEM, new Date()));
  expect(await signet("sample")).toEqual({
    code: 1,
    out: "",
    err: expect.stringContaining("Rename yours first."),
  });
});
