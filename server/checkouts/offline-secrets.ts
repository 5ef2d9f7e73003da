import { type DataKeys, dataKeys } from "@/server/secrets/data-keys";
import { derived, mac } from "@/server/store/secret";

/** The key with which offline logs hash a license's subjects: 32 bytes that never change. */
export async function offlineSalt(license: string): Promise<Buffer> {
  return offlineSaltOf(license, await dataKeys(license));
}

/** The same salt from keys that are already read. It doesn't change with the installation's secret. */
export function offlineSaltOf(license: string, keys: DataKeys): Buffer {
  return mac(derived(keys.mac, "offline salt"), license);
}

/** The key that chains the logs of one checkout: 32 bytes. The holder of the file has it. */
export async function checkoutLogKey(license: string, checkout: string): Promise<Buffer> {
  const { mac: key } = await dataKeys(license);
  return mac(derived(key, "offline logs"), checkout);
}
