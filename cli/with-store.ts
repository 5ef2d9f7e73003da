import { prepareInstallation } from "@/server/maintenance/installation";
import { env } from "@/server/store/env";
import { closeStore, openStore, PATIENT } from "@/server/store/store";

/** Opens and prepares the store of the settings, does one thing with it, and closes it whatever happens. */
export async function withStore<T>(work: () => Promise<T>): Promise<T> {
  await openStore(env(), PATIENT);
  try {
    await prepareInstallation(new Date());
    return await work();
  } finally {
    await closeStore();
  }
}
