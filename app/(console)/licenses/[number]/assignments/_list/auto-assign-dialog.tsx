import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { foreseeAutoAssign } from "@/app/(console)/licenses/[number]/assignments/actions";
import { orUnanswered } from "@/components/forms/unanswered";
import { count } from "@/components/text/numbers";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import type { AutoAssign } from "@/domain/assignments/auto-assign";
import type { AutoAssignEffect } from "@/server/assignments/changes/auto-assign-simulation";
import styles from "./auto-assign-dialog.module.css";

type Props = {
  number: string;
  isOpen: boolean;
  close(): void;
  current: AutoAssign;
  /** The next steps to offer. */
  children?: ReactNode;
};

/** Previews what auto-assign would do before it is turned on. */
export function AutoAssignDialog({ number, isOpen, close, current, children }: Props) {
  const [on, setOn] = useState(current);
  const { data: result } = useQuery({
    queryKey: ["seats", number, "auto-assign", on],
    queryFn: () => orUnanswered(foreseeAutoAssign(number, on)),
    enabled: isOpen,
  });
  const data = result?.ok ? result.did : null;
  return (
    <Dialog opened={isOpen} onClose={close} title="Auto-assign preview" size="lg">
      <fieldset className={styles.switches}>
        <legend>Users who sign in without a seat take a free one in</legend>
        {(["professional", "analyzer"] as const).map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={on[name]}
              onChange={({ currentTarget: { checked } }) => setOn({ ...on, [name]: checked })}
            />
            {name}
          </label>
        ))}
      </fieldset>
      {result && !result.ok ? (
        <Problem of={result.refused} />
      ) : (
        <p aria-live="polite">{data ? effectWords(data) : "Calculating…"}</p>
      )}
      {data && data.shown.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
        <ol className={styles.simulated} tabIndex={0} aria-label="Results by user">
          {data.shown.map(({ subject, gets }) => (
            <li key={subject}>
              <bdi>{subject}</bdi>
              <span>
                {gets ? (gets.class === "time" ? `minutes of ${gets.allotment}` : gets.allotment) : "nothing"}
              </span>
            </li>
          ))}
        </ol>
      ) : null}
      {data && data.people > data.shown.length ? (
        <p>and {count(data.people - data.shown.length)} more</p>
      ) : null}
      {children}
    </Dialog>
  );
}

function effectWords({ people, given, refused }: AutoAssignEffect): string {
  if (people === 0) return "Everyone who requested a seat in the last 30 days has one.";
  const parts = [
    ...given.map(({ allotment, class: usage, count: number }) =>
      usage === "time"
        ? `${count(number)} would use minutes of ${allotment}`
        : `${count(number)} would get ${allotment}`,
    ),
    ...(refused > 0 ? [`${count(refused)} would be refused`] : []),
  ];
  const who = people === 1 ? "1 user has no seat" : `${count(people)} users have no seat`;
  return `${who} and requested one in the last 30 days: ${new Intl.ListFormat("en").format(parts)}.`;
}
