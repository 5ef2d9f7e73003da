import { openDoor } from "@/api/door";
import type { Definition } from "@/domain/definition";
import { SYSTEM } from "@/server/audit";
import { parseEnv } from "@/server/env";
import { prepareInstallation } from "@/server/installation";
import { issueLicenseKey } from "@/server/license-keys";
import { createLicense } from "@/server/licenses";
import { closeStore, openStore } from "@/server/store";

/** The real server in this process, in virtual time, with the license of the fleet. */
export type Backend = { license: string; key: string; port: number; close(): Promise<void> };

const SETTINGS = { autoAssignProfessional: true, autoAssignAnalyzer: true };

export async function openBackend(
  settings: Record<string, string>,
  definition: Definition,
  clock: () => Date,
): Promise<Backend> {
  const env = parseEnv({ ...settings, HOST: "127.0.0.1", PROTOCOL_PORT: "0" });
  await openStore(env);
  await prepareInstallation(clock());
  const { number: license } = await createLicense(
    { customer: "Fleet", ...definition, products: ["QSEfW"], settings: SETTINGS },
    SYSTEM,
    clock(),
  );
  const { key } = await issueLicenseKey(license, "fleet", SYSTEM, clock());
  const door = await openDoor(env, { clock, isReady: async () => true });
  const close = async () => {
    await door.close();
    await closeStore();
  };
  return { license, key, port: door.port, close };
}
