import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore } from "@/server/store/store";

/** The template from which the test files make their stores, and the folder for those of the embedded kind. */
export type StoreTemplate =
  | { kind: "embedded"; folder: string; copies: string }
  | { kind: "postgresql"; server: string; database: string; secret: string };

declare module "vitest" {
  interface ProvidedContext {
    storeTemplate: StoreTemplate;
  }
}

/** Migrates and prepares an empty store once, and closes it. */
export async function prepareTemplate(settings: Record<string, string>): Promise<void> {
  await openStore(parseEnv(settings));
  try {
    await prepareInstallation(new Date());
  } finally {
    await closeStore();
    forgetProcessState();
  }
}
