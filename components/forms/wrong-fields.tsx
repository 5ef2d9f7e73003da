"use client";

import { type MouseEvent, useEffect, useRef, useState } from "react";
import styles from "./wrong-fields.module.css";

type Wrong = { id: string; words: string };

const FEW = 2;

/**
 * Goes at the top of a form. `after` is the form's last result, null before the first: the first invalid field then
 * gets the focus once, and if more than two are invalid, links lead to each. Errors may render later than the result
 * arrives, so it looks for them until they appear or somebody types.
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

/** Focuses the field without changing the URL. */
function toField(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
}

/** Fields that are disabled while the form is pending can't have the focus yet. */
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
