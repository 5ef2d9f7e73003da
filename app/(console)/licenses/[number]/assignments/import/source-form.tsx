import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { ActionButton } from "@/components/action-button";
import type { Refused } from "@/components/refused";
import { useKeptDraft } from "@/components/use-kept-draft";
import { WrongFields } from "@/components/wrong-fields";
import styles from "./import.module.css";

type Props = {
  /** Why the rows were not read. */
  fault: Refused | null;
  why: string | null;
  open(file: Blob, name: string): void;
};

const PASTED = "pasted rows";

/** Where the rows come from: a file that is chosen or dropped, or pasted lines. */
export function SourceForm({ fault, why, open }: Props) {
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  useKeptDraft({ name: "rows", draft: () => text || null, restore: setText });
  const take = (chosen: File | null | undefined) => {
    if (!chosen || why) return;
    setName(chosen.name);
    open(chosen, chosen.name);
  };
  const input = useRef<HTMLInputElement>(null);
  /** A file that was chosen before the page was alive. */
  const takeEarly = useEffectEvent(() => take(input.current?.files?.[0]));
  useEffect(() => takeEarly(), []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  return (
    <div className={styles.source}>
      <label className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <strong>CSV file</strong>
        <span>
          Drop it here or choose it. You confirm its columns, then we check its rows; nothing changes yet.
        </span>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          disabled={why !== null}
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]);
            currentTarget.value = ""; // the same file, mended, can be chosen again
          }}
        />
        {name ? <span className={styles.name}>{name}</span> : null}
      </label>
      <form
        className={styles.paste}
        onSubmit={(event) => {
          event.preventDefault();
          if (why || text.trim() === "") return;
          setName("");
          open(new Blob([text]), PASTED);
        }}
      >
        <WrongFields after={fault} />
        <label>
          Or paste rows
          <textarea
            aria-invalid={fault !== null && name === ""}
            rows={4}
            value={text}
            placeholder={"user,allotment\nacme\\bob,analyzer"}
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
        </label>
        <ActionButton type="submit" variant="default" why={why}>
          Use these rows
        </ActionButton>
      </form>
    </div>
  );
}
