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

/** The edited document: `text` is the content of the JSON view, null while the form is used. */
type Draft = { definition: Definition; text: string | null };

export type DefinitionDraft = ReturnType<typeof useDefinitionDraft>;

/**
 * A draft of a definition, based on the one in force, and the server's preview of it. It is kept under a name over the
 * end of a session; null if what it was made of is kept instead.
 */
export function useDefinitionDraft(
  number: string,
  inForce: Based,
  keptAs: string | null = "definition",
  first = inForce.definition,
) {
  const [base, setBase] = useState(inForce);
  const [draft, setDraft] = useState<Draft>({ definition: first, text: null });
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
    name: keptAs,
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
  // The definition that the server parsed counts, because the JSON text may omit values that have a default.
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
    /** Leaves the JSON view; the form then shows the parsed definition. */
    closeText: () => setDraft({ definition, text: null }),
    discard: () => setDraft({ definition: base.definition, text: null }),
    rebase: (on: Based, next: Definition) => {
      setBase(on);
      setDraft({ definition: next, text: null });
    },
    /** Returns the preview of the current document, and requests it at once if it is missing. */
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
