import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { activeSigner } from "@/server/keys/signing-keys";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore, store } from "@/server/store/store";
import { copiedStore, storeKind, type TestStore } from "@/server/testing/test-store";
import { openVault } from "@/server/testing/test-vault";
import { dataKeys, INSTALLATION } from "./data-keys";

const newSecret = () => randomBytes(32).toString("base64");

let place: TestStore;
beforeEach(async () => {
  place = await copiedStore();
});
afterEach(async () => {
  await close();
  await place.remove();
});

test("another secret doesn't open the store, and the message names the variable", async () => {
  await expect(start({ SIGNET_SECRET: newSecret() })).rejects.toThrow(
    "SIGNET_SECRET does not decrypt this store",
  );
  await close();
  await start({});
});

test("a secret is rotated: with the new one beside the old, then alone, and the old one opens nothing", async () => {
  await start({});
  const before = await dataKeys(INSTALLATION);
  const signer = await activeSigner();
  await close();

  const rotated = { SIGNET_SECRET: newSecret(), SIGNET_SECRET_PREVIOUS: secretOf(place) };
  await start(rotated);
  expect(await dataKeys(INSTALLATION)).toEqual(before);
  await close();

  await start({ SIGNET_SECRET: rotated.SIGNET_SECRET });
  expect(await dataKeys(INSTALLATION)).toEqual(before);
  const same = await activeSigner();
  expect([same.kid, same.privateKey.equals(signer.privateKey)]).toEqual([signer.kid, true]);
  await close();

  if (storeKind() === "embedded") expect(secretOf(place)).toBe(rotated.SIGNET_SECRET);
  await expect(start({ SIGNET_SECRET: rotated.SIGNET_SECRET_PREVIOUS })).rejects.toThrow("SIGNET_SECRET");
});

test("a rotation can be started twice", async () => {
  const rotated = { SIGNET_SECRET: newSecret(), SIGNET_SECRET_PREVIOUS: secretOf(place) };
  await start(rotated);
  const wrapped = await store().db.dataKey.findMany({ orderBy: { purpose: "asc" } });
  await close();
  await start(rotated);
  expect(await store().db.dataKey.findMany({ orderBy: { purpose: "asc" } })).toEqual(wrapped);
});

test("the secret moves into a key service: the same one encrypted, or a new one that is in no file", async () => {
  const vault = await openVault();
  const clear = secretOf(place);
  await start({ ...vault.settings, SIGNET_SECRET: vault.encrypt(Buffer.from(clear, "base64")) });
  const before = await dataKeys(INSTALLATION);
  await close();

  const SIGNET_SECRET = vault.encrypt(randomBytes(32));
  await start({ ...vault.settings, SIGNET_SECRET, SIGNET_SECRET_PREVIOUS: clear });
  await close();
  if (storeKind() === "embedded") expect(secretOf(place)).toBe(clear);
  await start({ ...vault.settings, SIGNET_SECRET });
  expect(await dataKeys(INSTALLATION)).toEqual(before);
  await vault.stop();
});

test("a stored key reveals nothing, and belongs to its scope and purpose: in another row it can't be decrypted", async () => {
  await start({});
  const keys = await dataKeys(INSTALLATION);
  const [encryption, mac] = await store().db.dataKey.findMany({ orderBy: { purpose: "asc" } });
  expect([encryption?.purpose, mac?.purpose]).toEqual(["encryption", "mac"]);
  const stored = [encryption?.wrapped, mac?.wrapped].map((wrapped) =>
    Buffer.from(wrapped ?? "").toString("hex"),
  );
  for (const key of [keys.encryption, keys.mac]) expect(stored.join()).not.toContain(key.toString("hex"));
  await store().db.dataKey.updateMany({
    where: { scope: INSTALLATION, purpose: "mac" },
    data: { wrapped: encryption?.wrapped },
  });
  forgetProcessState();
  await expect(dataKeys(INSTALLATION)).rejects.toThrow("SIGNET_SECRET");
});

async function start(settings: Record<string, string>): Promise<void> {
  await openStore(parseEnv({ ...place.settings, ...settings }));
  await prepareInstallation(new Date());
}

async function close(): Promise<void> {
  await closeStore();
  forgetProcessState();
}

/** The embedded store created its own. */
function secretOf({ settings }: TestStore): string {
  return settings.SIGNET_SECRET ?? readFileSync(`${settings.DATA_DIR}/secret`, "utf8");
}
