import { bucketIn } from "@/server/store/bucket-settings";
import type { Env } from "@/server/store/env";
import type { CheckpointArchive } from "./archive";
import { bucketArchive } from "./bucket-archive";
import { folderArchive } from "./folder-archive";

/** The archive of the settings; null if none is set. */
export function archiveOf(settings: Env): CheckpointArchive | null {
  const { AUDIT_CHECKPOINTS } = settings;
  if (!AUDIT_CHECKPOINTS) return null;
  const bucket = bucketIn(settings);
  return bucket ? bucketArchive(bucket) : folderArchive(AUDIT_CHECKPOINTS);
}
