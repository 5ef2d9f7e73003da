import { type DataKeys, dataKeys } from "@/server/secrets/data-keys";
import { derived, mac } from "@/server/store/secret";

/** The key by which a license's subjects are hashed in logs of sites without a network: 32 bytes, the same for good. */
export async function offlineSalt(license: string): Promise<Buffer> {
  return offlineSaltOf(license, await dataKeys(license));
}

/** The same, where the license's keys are known already. They outlive a change of the installation's secret. */
export function offlineSaltOf(license: string, keys: DataKeys): Buffer {
  return mac(derived(keys.mac, "offline salt"), license);
}

/** The key by which the logs of one checkout are chained: 32 bytes. Whoever holds the file has it. */
export async function checkoutLogKey(license: string, checkout: string): Promise<Buffer> {
  const { mac: key } = await dataKeys(license);
  return mac(derived(key, "offline logs"), checkout);
}
