"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionRefusal, ActionResult } from "@/app/(console)/_lib/action-result";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import type { Definition } from "@/domain/licenses/definition";
import { definitionChanges } from "@/domain/licenses/definition-changes";
import { type Based, type Preview, preview } from "./actions";
import { documentOf, readDocument, type TextError } from "./document-text";

const QUIET_MS = 400;

/** The document in work: `text` is what stands in the JSON view, null while it is edited as a form. */
type Draft = { definition: Definition; text: string | null };

export type DefinitionDraft = ReturnType<typeof useDefinitionDraft>;

/** A definition that is being edited, on top of the one in force, with what the server says of it. */
export function useDefinitionDraft(number: string, inForce: Based) {
  const [base, setBase] = useState(inForce);
  const [draft, setDraft] = useState<Draft>({ definition: inForce.definition, text: null });
  const client = useQueryClient();
  const read = draft.text === null ? { document: draft.definition } : readDocument(draft.text);
  const sent = "document" in read ? JSON.stringify(read.document) : null;
  const asking = (document: string | null) => ({
    queryKey: ["definition-preview", number, base.version, document],
    queryFn: () => preview(number, JSON.parse(document ?? "null"), base.version),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [quiet] = useDebouncedValue(sent, QUIET_MS);
  const isChanged = sent !== JSON.stringify(base.definition);
  useKeptDraft<{ base: Based; draft: Draft }>({
    name: "definition",
    draft: () => (isChanged ? { base, draft } : null),
    restore: (kept) => {
      setBase(kept.base);
      setDraft(kept.draft);
    },
  });
  const { data: told = null } = useQuery({
    ...asking(sent),
    enabled: isChanged && sent !== null && quiet === sent,
  });
  // A JSON text counts as the definition that the server read in it: it may leave out what has a default.
  const definition = draft.text !== null && told?.ok ? told.did.definition : draft.definition;
  return {
    base,
    definition,
    text: draft.text ?? documentOf(draft.definition),
    isChanged,
    changes: isChanged ? definitionChanges(base.definition, definition) : [],
    told,
    textFault: "fault" in read ? read.fault : null,
    edit: (next: Definition) => setDraft({ definition: next, text: null }),
    editText: (text: string) => setDraft(({ definition: before }) => ({ definition: before, text })),
    /** Leaves the JSON view: the form shows what was read in it. */
    closeText: () => setDraft({ definition, text: null }),
    discard: () => setDraft({ definition: base.definition, text: null }),
    rebase: (on: Based, next: Definition) => {
      setBase(on);
      setDraft({ definition: next, text: null });
    },
    /** What the server says of the document now, asked at once if it was not yet. */
    ask: (): Promise<ActionResult<Preview>> =>
      sent === null
        ? Promise.resolve({ ok: false, refused: unreadable("fault" in read ? read.fault : null) })
        : client.fetchQuery(asking(sent)),
  };
}

function unreadable(fault: TextError | null): ActionRefusal {
  return {
    code: "INVALID_BODY",
    sentence: fault ? `Line ${fault.line}: ${fault.sentence}` : "This isn't valid JSON.",
  };
}
