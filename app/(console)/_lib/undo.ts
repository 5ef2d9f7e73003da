"use server";

import { z } from "zod";
import { decryptText, encryptText } from "@/server/assignments/undo/encrypted-text";
import type { SeatsUndone } from "@/server/assignments/undo/seat-undo";
import { undo } from "@/server/assignments/undo/undo";
import { actOnLicense, actOnSelf, parsed } from "./act";
import type { ActionResult } from "./action-result";
import { text } from "./form-fields";

/** Undoes a change to a license that the same person made within the last 15 minutes. */
export async function undoOnLicense(number: string, sealed: string): Promise<ActionResult<SeatsUndone>> {
  return actOnLicense(number, "licenses.read", ({ who, actor, now }) =>
    undo(parsed(text(4_000_000), sealed), who, { license: number, actor, now }),
  );
}

const told = z.string().max(4000);
const encryptedOnes = z.array(z.string().max(8000)).max(1000);

/** Encrypts words for this person's browser to keep; null for people who may not keep anything. */
export async function encryptHere(words: string): Promise<string | null> {
  const sealed = await actOnSelf(async ({ actor, now }) => encryptText(parsed(told, words), actor, now));
  return sealed.ok ? sealed.did : null;
}

/** Decrypts what `encryptHere` encrypted; null for entries that are too old or belong to another person. */
export async function openHere(sealed: string[]): Promise<(string | null)[]> {
  const opened = await actOnSelf(async ({ actor, now }) =>
    parsed(encryptedOnes, sealed).map((one) => decryptText(one, actor, now)),
  );
  return opened.ok ? opened.did : [];
}
