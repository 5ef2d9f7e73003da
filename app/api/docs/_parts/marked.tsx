import type { ReactNode } from "react";
import styles from "./marked.module.css";

/** Texts of the OpenAPI document: paragraphs and lists, with `code` and **strong** words. */
export function Marked({ of: text }: { of: string }) {
  return (
    <div className={styles.marked}>
      {text.split("\n\n").map((part) =>
        part.startsWith("- ") ? (
          <ul key={part}>
            {part.split("\n").map((line) => (
              <li key={line}>{inline(line.slice(2))}</li>
            ))}
          </ul>
        ) : (
          <p key={part}>{inline(part)}</p>
        ),
      )}
    </div>
  );
}

/** The same within a line. */
export function inline(text: string): ReactNode[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    if (part.startsWith("`")) return <code key={i}>{part.slice(1, -1)}</code>;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    return part.startsWith("**") ? <strong key={i}>{part.slice(2, -2)}</strong> : part;
  });
}
