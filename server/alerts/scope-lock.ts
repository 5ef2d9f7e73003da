import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation, lockLicense } from "@/server/store/locks";
import type { Tx } from "@/server/store/store";

/** Takes the lock of a license, or of the installation, before anything of its alerts and rules is changed. */
export function lockScope(tx: Tx, scope: string): Promise<void> {
  return scope === INSTALLATION ? lockInstallation(tx) : lockLicense(tx, scope);
}
