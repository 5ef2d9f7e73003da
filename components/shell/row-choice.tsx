"use client";

import { useId } from "react";
import { usePreferences } from "./preferences-provider";
import styles from "./theme-choice.module.css";

const CHOICES = [
  { density: "comfortable", name: "Comfortable" },
  { density: "compact", name: "Compact" },
] as const;

/** The setting for the row height of tables. */
export function RowChoice() {
  const { density, prefer } = usePreferences();
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>Rows</legend>
      {CHOICES.map((choice) => (
        <label key={choice.density}>
          <input
            type="radio"
            name={name}
            checked={density === choice.density}
            onChange={() => prefer({ density: choice.density })}
          />
          <span>{choice.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
