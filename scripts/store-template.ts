import { parseEnv } from "@/server/env";
import { prepareInstallation } from "@/server/installation";
import { forgetProcessState } from "@/server/per-process";
import { closeStore, openStore } from "@/server/store";

/** What the test files make their stores from. */
export type StoreTemplate =
  | { kind: "embedded"; folder: string }
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
