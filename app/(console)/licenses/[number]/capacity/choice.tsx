"use client";

import type { MouseEvent } from "react";
import styles from "./choice.module.css";

type Option<Value> = { value: Value; name: string; href: string };
type Props<Value> = {
  label: string;
  value: Value;
  options: Option<Value>[];
  onChoose: (value: Value) => void;
};

/** One of few ways to look at a page: links that also work without scripts, and need no load with them. */
export function Choice<Value extends string>({ label, value, options, onChoose }: Props<Value>) {
  const choose = (event: MouseEvent, chosen: Value) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onChoose(chosen);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are links.
    <div role="group" aria-label={label} className={styles.choice}>
      {options.map((option) => (
        <a
          key={option.value}
          href={option.href}
          aria-current={option.value === value}
          onClick={(event) => choose(event, option.value)}
        >
          {option.name}
        </a>
      ))}
    </div>
  );
}
