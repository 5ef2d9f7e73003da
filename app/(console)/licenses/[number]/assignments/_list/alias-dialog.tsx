import { Radio } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState, useTransition } from "react";
import { useStory } from "@/app/(console)/licenses/[number]/assignments/_panel/use-story";
import { declareSameUser, foreseeAlias } from "@/app/(console)/licenses/[number]/assignments/actions";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import { Dialog } from "@/components/ui/dialog";
import { SubmitActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { AliasPreview } from "./alias-preview";
import styles from "./seats.module.css";

/** A seat whose user seems to have another name too. */
export type Twice = { instance: string; subject: string };
type Props = { number: string; seat: Twice | null; close(): void };

/** Declares two names one user, after it shows what that releases. A refusal appears in the dialog, which stays open. */
export function AliasDialog({ number, seat, close }: Props) {
  return (
    <Dialog opened={seat !== null} onClose={close} title="Same user">
      {seat ? <AliasForm key={seat.instance} {...{ number, seat, close }} /> : null}
    </Dialog>
  );
}

function AliasForm({ number, seat: { instance, subject }, close }: Props & { seat: Twice }) {
  const { data: story, isError } = useStory(number, instance);
  const others = [...new Set((story?.others ?? []).map((other) => other.subject))];
  const [chosen, setChosen] = useState<string | null>(null);
  const [isSwapped, setSwapped] = useState(false);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const { did } = useChanges();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const other = chosen ?? others[0] ?? null;
  const pair = other === null ? null : named(subject, other, isSwapped);
  const effect = useQuery({
    queryKey: ["seats", number, "alias", pair?.subject, pair?.alias],
    queryFn: () => orUnanswered(foreseeAlias(number, pair)),
    enabled: pair !== null,
  });
  const why = whyNot(isError || (story !== undefined && other === null), effect.data);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pair || why) return;
    startTransition(async () => {
      const result = await orUnanswered(declareSameUser(number, pair));
      if (!result.ok) return setRefused(result.refused);
      did({ words: `${pair.alias} is now an alias of ${pair.subject}.` });
      close();
      void refresh();
      await queries.invalidateQueries({ queryKey: ["seats", number] });
    });
  };
  return (
    <form className={styles.link} onSubmit={send}>
      <p>The user keeps the seat that was assigned first in each allotment, and is found under both names.</p>
      {others.length > 1 ? (
        <Names label="Other name" names={others} value={other} choose={setChosen} />
      ) : null}
      {other === null ? null : (
        <Names
          label="Name to show"
          names={[subject, other]}
          value={isSwapped ? other : subject}
          choose={(name) => setSwapped(name !== subject)}
        />
      )}
      {isError ? <p>This seat no longer exists.</p> : null}
      {effect.data?.ok === false ? <Problem of={effect.data.refused} /> : null}
      {pair && !isError && effect.data?.ok !== false ? (
        <AliasPreview alias={pair.alias} effect={effect.data?.ok ? effect.data.did : null} />
      ) : null}
      {refused ? <Problem of={refused} /> : null}
      <SubmitActions onClose={close} isPending={isPending} why={why}>
        Declare same user
      </SubmitActions>
    </form>
  );
}

function named(subject: string, other: string, isSwapped: boolean) {
  return isSwapped ? { subject: other, alias: subject } : { subject, alias: other };
}

function whyNot(isGone: boolean, effect: { ok: boolean } | undefined): string | null {
  if (isGone) return "The other name no longer exists.";
  if (!effect) return "The effect is being calculated.";
  return effect.ok ? null : "The effect couldn't be calculated.";
}

type NamesProps = { label: string; names: string[]; value: string | null; choose(name: string): void };

function Names({ label, names, value, choose }: NamesProps) {
  return (
    <Radio.Group label={label} value={value} onChange={choose}>
      <div className={styles.choices}>
        {names.map((name) => (
          <Radio key={name} value={name} label={<bdi>{name}</bdi>} />
        ))}
      </div>
    </Radio.Group>
  );
}
