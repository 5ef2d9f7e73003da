import { useState } from "react";
import { FileDrop } from "@/components/forms/file-drop";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ActionButton } from "@/components/ui/action-button";
import styles from "./import.module.css";

type Props = {
  /** Why the rows couldn't be read. */
  fault: RefusalNotice | null;
  why: string | null;
  open(file: Blob, name: string): void;
};

const PASTED = "pasted rows";

/** The source of an import: a chosen or dropped file, or pasted rows. */
export function SourceForm({ fault, why, open }: Props) {
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  useKeptDraft({ name: "rows", draft: () => text || null, restore: setText });
  return (
    <div className={styles.source}>
      <FileDrop
        title="CSV file"
        hint="Drop it here or choose it. You confirm its columns, then we check its rows; nothing changes yet."
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        isHeld={why !== null}
        name={name}
        take={([chosen]) => {
          if (!chosen) return;
          setName(chosen.name);
          open(chosen, chosen.name);
        }}
      />
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
