import { prepareInstallation } from "@/server/maintenance/installation";
import { env } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import { PATIENT } from "@/server/store/store-connections";

/** Opens and prepares the store of the settings, runs the work with it, and closes it in any case. */
export async function withStore<T>(work: () => Promise<T>): Promise<T> {
  await openStore(env(), PATIENT);
  try {
    await prepareInstallation(new Date());
    return await work();
  } finally {
    await closeStore();
  }
}
