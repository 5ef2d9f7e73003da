"use client";

import { Textarea } from "@mantine/core";
import { useRef } from "react";
import { lineOf, lineSpan } from "./document-text";
import type { FieldMessages } from "./field-paths";
import styles from "./json-view.module.css";
import type { DefinitionDraft } from "./use-definition-draft";

const LINE_PX = 20;

type Props = { draft: DefinitionDraft; places: FieldMessages };

/** The document as JSON; errors name their line. */
export function JsonView({ draft: { text, textFault, editText }, places }: Props) {
  const input = useRef<HTMLTextAreaElement>(null);
  const wrong = textFault
    ? [{ line: textFault.line, words: `: ${textFault.sentence}` }]
    : [...places].map(([pointer, sentence]) => ({
        line: lineOf(text, pointer),
        words: `, ${pointer}: ${sentence}`,
      }));
  return (
    <Textarea
      ref={input}
      label="Definition as JSON"
      value={text}
      onChange={({ currentTarget }) => editText(currentTarget.value)}
      error={
        wrong.length > 0
          ? wrong.map(({ line, words }) => (
              <span key={`${line}${words}`} className={styles.fault}>
                <button type="button" className={styles.line} onClick={() => toLine(input.current, line)}>
                  Line {line}
                </button>
                {words}
              </span>
            ))
          : null
      }
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: styles.text }}
      rows={Math.min(36, Math.max(12, text.split("\n").length + 1))}
    />
  );
}

/** Selects a line, which also scrolls it into view. */
function toLine(input: HTMLTextAreaElement | null, line: number): void {
  if (!input) return;
  const { from, to } = lineSpan(input.value, line);
  input.focus();
  input.setSelectionRange(from, to);
  input.scrollTop = (line - 3) * LINE_PX;
}
