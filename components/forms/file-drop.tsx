"use client";

import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import styles from "./file-drop.module.css";

type Props = {
  title: string;
  hint: string;
  /** The `accept` attribute of the file input. */
  accept: string;
  isHeld: boolean;
  isMultiple?: boolean;
  /** The name of the current file. */
  name?: string;
  take(files: readonly File[]): void;
};

/** An area to drop or choose files. A file chosen before hydration counts too. */
export function FileDrop({ title, hint, accept, isHeld, isMultiple = false, name, take }: Props) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const takeSome = (files: Iterable<File>) => {
    const some = isMultiple ? [...files] : [...files].slice(0, 1);
    if (some.length > 0 && !isHeld) take(some);
  };
  const takeEarly = useEffectEvent(() => takeSome(input.current?.files ?? []));
  useEffect(() => takeEarly(), []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    takeSome(event.dataTransfer.files);
  };
  return (
    <label
      className={styles.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!isHeld);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <strong>{title}</strong>
      <span>{hint}</span>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={isMultiple}
        disabled={isHeld}
        onChange={({ currentTarget }) => {
          takeSome(currentTarget.files ?? []);
          currentTarget.value = ""; // the same file, once corrected, can be chosen again
        }}
      />
      {name ? <span className={styles.name}>{name}</span> : null}
    </label>
  );
}
