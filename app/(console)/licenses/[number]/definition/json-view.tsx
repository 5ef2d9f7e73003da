"use client";

import { Textarea } from "@mantine/core";
import { lineOf } from "./document-text";
import styles from "./json-view.module.css";
import type { DefinitionDraft } from "./use-definition-draft";
import type { Places } from "./wrong-places";

type Parts = { draft: DefinitionDraft; places: Places; isReadOnly: boolean };

/** The same document as JSON; what is wrong in it is told by line. */
export function JsonView({ draft: { text, textFault, editText }, places, isReadOnly }: Parts) {
  const wrong = textFault
    ? [`Line ${textFault.line}: ${textFault.sentence}`]
    : [...places].map(([pointer, sentence]) => `Line ${lineOf(text, pointer)}, ${pointer}: ${sentence}`);
  return (
    <Textarea
      label="Definition as JSON"
      value={text}
      onChange={({ currentTarget }) => editText(currentTarget.value)}
      readOnly={isReadOnly}
      error={wrong.length > 0 ? wrong.join("\n") : null}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: styles.text, error: styles.wrong }}
      rows={Math.min(36, Math.max(12, text.split("\n").length + 1))}
    />
  );
}
