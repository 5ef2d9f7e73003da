import { openProductApi } from "@/api/product-api";
import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";

/** The real server in this process, in virtual time, with the fleet's license. */
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
  const door = await openProductApi(env, { clock, isReady: async () => true });
  const close = async () => {
    await door.close();
    await closeStore();
  };
  return { license, key, port: door.port, close };
}
