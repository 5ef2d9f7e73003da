"use client";

import { useWindowEvent } from "@mantine/hooks";
import { useState, useTransition } from "react";
import type { ActionRefusal } from "@/app/(console)/_lib/action-result";
import { orUnanswered } from "@/components/forms/unanswered";
import type { CorrectedMonth } from "@/domain/licenses/corrections";
import { type DefinitionEffects, deniesAnyone } from "@/domain/licenses/definition-effects";
import { type InForce, inForce, type Preview, save as saveDefinition } from "./actions";
import type { DefinitionDraft } from "./use-definition-draft";

type State = {
  /** The months that a correction would change, to confirm before saving. */
  correction: CorrectedMonth[] | null;
  /** Effects that deny access to users, to confirm before saving. */
  denial: DefinitionEffects | null;
  /** The definition that somebody else saved meanwhile. */
  conflict: InForce | null;
  refused: ActionRefusal | null;
  isSaved: boolean;
};

const IDLE: State = { correction: null, denial: null, conflict: null, refused: null, isSaved: false };

/**
 * Saves the draft based on a fresh preview. It asks for confirmation if users would be denied, and never overwrites
 * somebody else's save.
 */
export function useSaving(number: string, draft: DefinitionDraft) {
  const [state, setState] = useState(IDLE);
  const [isSaving, startTransition] = useTransition();
  const refuse = async (refused: ActionRefusal) => {
    const theirs = refused.code === "VERSION_MISMATCH" ? await orUnanswered(inForce(number)) : null;
    if (theirs?.ok) setState({ ...IDLE, conflict: theirs.did });
    else setState({ ...IDLE, refused });
  };
  const send = async ({ definition }: Preview, isCorrection: boolean) => {
    const saved = await orUnanswered(saveDefinition(number, definition, draft.base.version, isCorrection));
    if (!saved.ok) return refuse(saved.refused);
    draft.rebase(saved.did, saved.did.definition);
    setState({ ...IDLE, isSaved: true });
  };
  const attempt = (isConfirmed: boolean) =>
    startTransition(async () => {
      const told = await orUnanswered(draft.ask());
      if (!told.ok) return refuse(told.refused);
      if (!isConfirmed && deniesAnyone(told.did.effects)) setState({ ...IDLE, denial: told.did.effects });
      else await send(told.did, false);
    });
  const tryCorrection = (isConfirmed: boolean) =>
    startTransition(async () => {
      const told = await orUnanswered(draft.ask());
      if (!told.ok) return refuse(told.refused);
      if (isConfirmed) await send(told.did, true);
      else setState({ ...IDLE, correction: told.did.correction ?? [] });
    });
  const save = () => {
    if (draft.isChanged && !isSaving) attempt(false);
  };
  useWindowEvent("keydown", (event) => {
    if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });
  return {
    ...state,
    isSaving,
    save,
    confirm: () => attempt(true),
    correct: () => tryCorrection(false),
    confirmCorrection: () => tryCorrection(true),
    clear: () => setState(IDLE),
  };
}
