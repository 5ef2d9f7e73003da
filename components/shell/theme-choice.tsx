"use client";

import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useId } from "react";
import styles from "./theme-choice.module.css";

const CHOICES: { scheme: MantineColorScheme; name: string }[] = [
  { scheme: "auto", name: "System" },
  { scheme: "light", name: "Light" },
  { scheme: "dark", name: "Dark" },
];

/** The setting for the theme in this browser. The server doesn't know it, so nothing is selected before hydration. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const mounted = useMounted();
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>Theme</legend>
      {CHOICES.map(({ scheme, name: words }) => (
        <label key={scheme}>
          <input
            type="radio"
            name={name}
            checked={mounted && colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
