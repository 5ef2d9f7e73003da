import { openProductApi } from "@/api/product-api";
import type { WhenOffline } from "@/domain/leases/bounded-definition";
import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { type Env, parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";

/** The real server in this process, in virtual time, with the fleet's license. */
export type Backend = { license: string; key: string; port: number; env: Env; close(): Promise<void> };

type Settings = { autoAssignProfessional?: boolean; autoAssignAnalyzer?: boolean; whenOffline?: WhenOffline };

export async function openBackend(
  settings: Record<string, string>,
  definition: Definition,
  licenseSettings: Settings,
  clock: () => Date,
): Promise<Backend> {
  const env = parseEnv({ ...settings, HOST: "127.0.0.1", PROTOCOL_PORT: "0" });
  await openStore(env);
  await prepareInstallation(clock());
  const { number: license } = await createLicense(
    { customer: "Fleet", ...definition, products: ["QSEfW"], settings: licenseSettings },
    SYSTEM,
    clock(),
  );
  const { key } = await issueLicenseKey(license, "fleet", SYSTEM, clock());
  const door = await openProductApi(env, { clock, isReady: async () => true });
  const close = async () => {
    await door.close();
    await closeStore();
  };
  return { license, key, port: door.port, env, close };
}
