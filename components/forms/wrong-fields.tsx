"use client";

import { type MouseEvent, useEffect, useRef, useState } from "react";
import styles from "./wrong-fields.module.css";

type Wrong = { id: string; words: string };

const FEW = 2;

/**
 * Stands on top of a form. `after` is what the form was answered, null before: then the first field that is wrong gets
 * the focus, once, and where more than two are wrong, links lead to each. What is wrong may be drawn later than the
 * answer comes, so it is looked for until it is there or somebody types.
 */
export function WrongFields({ after }: { after: object | string | null }) {
  const place = useRef<HTMLElement>(null);
  const met = useRef<typeof after>(null);
  const [wrong, setWrong] = useState<Wrong[]>([]);
  useEffect(() => {
    if (after === met.current) return;
    const fields = after ? wrongIn(place.current) : [];
    if (fields.length > 0 || !after) met.current = after;
    if (fields.length > 0 || wrong.length > 0) setWrong(fields.map(wrongOf));
    fields[0]?.focus();
  });
  useEffect(() => {
    const form = formOf(place.current);
    const settle = () => {
      met.current = after;
    };
    form?.addEventListener("input", settle);
    return () => form?.removeEventListener("input", settle);
  }, [after]);
  return (
    <nav ref={place} className={styles.wrong} hidden={wrong.length <= FEW} aria-label="Errors">
      {wrong.length > FEW ? (
        <>
          <p>{wrong.length} fields need correction:</p>
          <ul>
            {wrong.map(({ id, words }) => (
              <li key={id}>
                <a href={`#${id}`} onClick={toField}>
                  {words}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </nav>
  );
}

/** The address stays as it is. */
function toField(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
}

/** A field that waits for the answer cannot have the focus yet. */
function wrongIn(place: HTMLElement | null): HTMLElement[] {
  const fields = formOf(place)?.querySelectorAll<HTMLElement>(
    '[aria-invalid="true"]:enabled, [data-wrong="true"] input:enabled',
  );
  return [...(fields ?? [])];
}

function formOf(place: HTMLElement | null): HTMLElement | null {
  return place?.closest<HTMLElement>("form, fieldset") ?? null;
}

function wrongOf(field: HTMLElement): Wrong {
  const name =
    field.getAttribute("aria-label") ?? document.querySelector(`label[for="${field.id}"]`)?.textContent;
  const sentence = document.getElementById(`${field.id}-error`)?.textContent;
  return { id: field.id, words: [name, sentence].filter(Boolean).join(": ") };
}
