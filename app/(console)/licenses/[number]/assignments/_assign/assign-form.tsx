"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { assignByForm, fits } from "@/app/(console)/licenses/[number]/assignments/actions";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { useResult } from "@/components/forms/use-result";
import { count } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import styles from "./assign-form.module.css";
import { AssignLines } from "./assign-lines";
import { secondSeatLabel } from "./second-seat-labels";

/** An allotment with the seats that were free when the page was read. */
export type Assignable = { name: string; free: number };

/** What the form sends: `converts` is whether users with another seat are moved. */
export type Assigning = { subjects: string[]; allotment: string; converts: boolean };

type Props = {
  number: string;
  allotments: readonly Assignable[];
  /** The initial values of the form. */
  first: { subject: string; into: string; converts?: boolean };
  /** Without it the form works without JavaScript and keeps no draft; another one replaces it after hydration. */
  send?: (assigning: Assigning) => void;
};

const QUIET_MS = 300;

/**
 * The form to assign seats: users, one per line, each checked while it is typed, and their allotment. Without
 * JavaScript the result appears below the form.
 */
export function AssignForm({ number, allotments, first, send }: Props) {
  const [result, action] = useResult(assignByForm);
  const [text, setText] = useState(first.subject);
  const [allotment, setAllotment] = useState(
    allotments.find(({ name }) => name === first.into)?.name ?? allotments[0]?.name ?? "",
  );
  const [converts, setConverts] = useState(first.converts ?? true);
  const isSent = useRef(false);
  useKeptDraft({
    name: send ? "assign" : null,
    draft: () => (isSent.current || text === "" ? null : { text, allotment, converts }),
    restore: (kept) => {
      setText(kept.text);
      setConverts(kept.converts);
      if (allotments.some(({ name }) => name === kept.allotment)) setAllotment(kept.allotment);
    },
  });
  const subjects = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const { told, isFresh } = useCheckedLines(number, subjects, allotment, send !== undefined);
  const fit = isFresh && told && subjects.length > 0 ? told.fit : null;
  return (
    <form
      className={styles.form}
      action={action}
      onSubmit={(event) => {
        if (!send || subjects.length === 0) return;
        event.preventDefault();
        isSent.current = true;
        send({ subjects, allotment, converts });
      }}
    >
      <input type="hidden" name="number" value={number} />
      <fieldset className={styles.allotments}>
        <legend>Allotment</legend>
        {allotments.map(({ name, free }) => (
          <label key={name}>
            <input
              type="radio"
              name="allotment"
              value={name}
              checked={allotment === name}
              onChange={() => setAllotment(name)}
            />
            <span>{name}</span>
            <span className={styles.free}>
              {count(told?.free.find((one) => one.allotment === name)?.free ?? free)} free
            </span>
          </label>
        ))}
      </fieldset>
      <label className={styles.users}>
        Users, one per line
        <textarea
          name="subjects"
          rows={5}
          required
          data-autofocus
          placeholder={"DOMAIN\\user, or the sub of your identity provider"}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
      </label>
      {told && subjects.length > 0 ? (
        <AssignLines
          preview={told}
          isFresh={isFresh}
          subjects={subjects}
          converts={converts}
          setConverts={setConverts}
        />
      ) : null}
      {result?.ok ? (
        <p role="status">
          {count(result.did.done.length)} assigned.{" "}
          {result.did.left.map(({ sentence }) => sentence).join(" ")} {secondSeatLabel(result.did.second)}
        </p>
      ) : null}
      {result && !result.ok ? <Problem of={result.refused} /> : null}
      <ActionButton type="submit" why={fit === 0 ? "No user in the list would get a seat." : null}>
        {fit ? `Assign ${count(fit)}` : "Assign"}
      </ActionButton>
    </form>
  );
}

/** What the server says about the lines, a moment after the last key; `isFresh` unless the lines have changed since. */
function useCheckedLines(number: string, subjects: string[], allotment: string, isLive: boolean) {
  const asked = JSON.stringify({ subjects, allotment });
  const [quiet] = useDebouncedValue(asked, QUIET_MS);
  const { data = null, isPlaceholderData } = useQuery({
    queryKey: ["assign-preview", number, quiet],
    queryFn: async () => {
      const told = await fits(number, JSON.parse(quiet));
      return told.ok ? told.did : null;
    },
    placeholderData: keepPreviousData,
    enabled: isLive,
    gcTime: 0,
    retry: false,
  });
  return { told: data, isFresh: quiet === asked && !isPlaceholderData };
}
