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

/**
 * A choice between a few ways to show a page. It consists of links, so it works without JavaScript; with JavaScript it
 * needs no request.
 */
export function Choice<Value extends string>({ label, value, options, onChoose }: Props<Value>) {
  const choose = (event: MouseEvent, chosen: Value) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onChoose(chosen);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are links
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
