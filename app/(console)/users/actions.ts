"use server";

import { act, parsed } from "@/app/(console)/_lib/act";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { text } from "@/app/(console)/_lib/form-fields";
import type { SeatsUndone } from "@/server/assignments/undo/seat-undo";
import { releaseEverywhere, type UserReleased, undoEverywhere } from "@/server/users/release-everywhere";
import { previewRelease, type ReleasePreview } from "@/server/users/release-preview";

const subject = text(1000);
const PATIENCE = { patience: 1000 };

/** What releasing a user everywhere would release. */
export async function foreseeRelease(sent: string): Promise<ActionResult<ReleasePreview>> {
  return act("assignments.write", ({ who }) => previewRelease(who, parsed(subject, sent), PATIENCE));
}

/** Releases every seat of a user that this person may see. */
export async function releaseUser(sent: string): Promise<ActionResult<UserReleased>> {
  return act("assignments.write", ({ who, actor, now }) =>
    releaseEverywhere(who, parsed(subject, sent), { actor, now }),
  );
}

/** Undoes `releaseUser`, by the same person within 15 minutes. */
export async function undoReleaseUser(sealed: string): Promise<ActionResult<SeatsUndone>> {
  return act("assignments.write", ({ who, actor, now }) =>
    undoEverywhere(parsed(text(4_000_000), sealed), who, { actor, now }),
  );
}
