import { Button } from "@mantine/core";
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { ActionButton } from "@/components/action-button";
import type { Refused } from "@/components/refused";
import { WrongFields } from "@/components/wrong-fields";
import styles from "./import.module.css";

type Parts = {
  allotments: string[];
  /** Why the rows were not read. */
  fault: Refused | null;
  why: string | null;
  check(file: Blob, otherwise: string): void;
};

/** Where the rows come from: a file that is chosen or dropped, or pasted lines. */
export function SourceForm({ allotments, fault, why, check }: Parts) {
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [otherwise, setOtherwise] = useState(allotments[0] ?? "");
  const take = (chosen: File | null | undefined, into = otherwise) => {
    if (!chosen || why) return;
    setFile(chosen);
    check(chosen, into);
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
        <span>Drop it here, or choose it. It is checked first; nothing is changed by that.</span>
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
        {file ? <span className={styles.name}>{file.name}</span> : null}
      </label>
      <form
        className={styles.paste}
        onSubmit={(event) => {
          event.preventDefault();
          if (why || text.trim() === "") return;
          setFile(null);
          check(new Blob([text]), otherwise);
        }}
      >
        <WrongFields after={fault} />
        <label>
          Or paste rows
          <textarea
            aria-invalid={fault !== null && file === null}
            rows={4}
            value={text}
            placeholder={"subject,allotment\nacme\\bob,analyzer"}
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
        </label>
        <ActionButton type="submit" variant="default" why={why}>
          Check these rows
        </ActionButton>
      </form>
      <div className={styles.otherwise}>
        <label>
          Rows that name no allotment get
          <select
            value={otherwise}
            onChange={({ currentTarget: { value } }) => {
              setOtherwise(value);
              take(file, value);
            }}
          >
            {allotments.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <p>
          One person a row. Columns called subject and allotment are found in any order, as in the file that
          Export CSV writes; without such a first row the first column is the subject, the second the
          allotment.
        </p>
        {file ? (
          <Button variant="default" onClick={() => take(file)}>
            Check {file.name} again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
