"use client";

import { IconAlertTriangle } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { assignByForm, fits } from "@/app/(console)/licenses/[number]/assignments/actions";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { useResult } from "@/components/forms/use-result";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { SecondSeat } from "@/server/assignments/changes/second-seats";
import styles from "./seats.module.css";
import { secondSeatLabel } from "./second-seat-labels";

type Props = {
  number: string;
  allotments: string[];
  /** The initial values of the form. */
  first: { subject: string; into: string };
  /** Without it the form works without JavaScript and keeps no draft; another one replaces it after hydration. */
  send?: (subjects: string[], allotment: string) => void;
};

/**
 * The form to assign seats: users, one per line, and their allotment. Without JavaScript the result appears below the
 * form.
 */
export function AssignForm({ number, allotments, first, send }: Props) {
  const [result, action] = useResult(assignByForm);
  const [text, setText] = useState(first.subject);
  const [allotment, setAllotment] = useState(
    allotments.includes(first.into) ? first.into : (allotments[0] ?? ""),
  );
  const isSent = useRef(false);
  useKeptDraft({
    name: send ? "assign" : null,
    draft: () => (isSent.current || text === "" ? null : { text, allotment }),
    restore: (kept) => {
      setText(kept.text);
      if (allotments.includes(kept.allotment)) setAllotment(kept.allotment);
    },
  });
  const [fit, setFit] = useState("");
  const [second, setSecond] = useState<readonly SecondSeat[]>([]);
  const subjects = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  async function look(lines: string[], into: string) {
    const told = lines.length === 0 ? null : await asked(number, lines, into);
    setFit(told ? `${told.fit} of ${told.of} seats available.` : "");
    setSecond(told?.second ?? []);
  }
  return (
    <form
      className={styles.assign}
      action={action}
      onSubmit={(event) => {
        if (!send || subjects.length === 0) return;
        event.preventDefault();
        isSent.current = true;
        send(subjects, allotment);
      }}
    >
      <input type="hidden" name="number" value={number} />
      <label>
        Users, one per line
        <textarea
          name="subjects"
          rows={5}
          required
          data-autofocus
          placeholder={"DOMAIN\\user, or the sub of your identity provider"}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
          onFocus={() => look(subjects, allotment)}
          onBlur={() => look(subjects, allotment)}
        />
      </label>
      <label>
        Allotment
        <select
          name="allotment"
          value={allotment}
          onChange={({ currentTarget: { value } }) => {
            setAllotment(value);
            void look(subjects, value);
          }}
        >
          {allotments.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <p aria-live="polite" className={styles.fit}>
        {result?.ok
          ? `${result.did.done.length} assigned. ${result.did.left.map(({ sentence }) => sentence).join(" ")} ${secondSeatLabel(result.did.second, "done")}`
          : null}
        {result ? null : fit}
      </p>
      {second.length > 0 ? (
        <p role="status" className={styles.second}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          {secondSeatLabel(second, "ahead")}
        </p>
      ) : null}
      {result && !result.ok ? <Problem of={result.refused} /> : null}
      <ActionButton type="submit">Assign</ActionButton>
    </form>
  );
}

async function asked(number: string, subjects: string[], allotment: string) {
  const told = await fits(number, { subjects, allotment }).catch(() => null);
  return told?.ok ? told.did : null;
}
