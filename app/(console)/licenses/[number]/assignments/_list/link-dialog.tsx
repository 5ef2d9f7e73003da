import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState, useTransition } from "react";
import { link } from "@/app/(console)/licenses/[number]/assignments/actions";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptFields } from "@/components/forms/use-kept-fields";
import { WrongFields } from "@/components/forms/wrong-fields";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import { Dialog } from "@/components/ui/dialog";
import { SubmitActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { shownSubject } from "@/domain/offline/hashed-subject";
import styles from "./seats.module.css";

/** A seat whose user is known only as a hash. */
export type Linked = { instance: string; subject: string };
type Props = { number: string; seat: Linked | null; close(): void };

/** Asks for the user of a hashed seat and explains the effect. A refusal appears in the dialog, which stays open. */
export function LinkDialog({ number, seat, close }: Props) {
  return (
    <Dialog opened={seat !== null} onClose={close} title="Link to a user">
      {seat ? <LinkForm key={seat.instance} {...{ number, seat, close }} /> : null}
    </Dialog>
  );
}

function LinkForm({ number, seat: { instance, subject: hash }, close }: Props & { seat: Linked }) {
  const { form, settle } = useKeptFields(`link ${instance}`);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const { did } = useChanges();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const subject = String(new FormData(event.currentTarget).get("subject"));
    startTransition(async () => {
      const result = await orUnanswered(link(number, { instance, subject }));
      if (!result.ok) return setRefused(result.refused);
      settle();
      did({ words: `Linked ${shownSubject(hash)} to ${subject.trim()}.` });
      close();
      void refresh();
      await queries.invalidateQueries({ queryKey: ["seats", number] });
    });
  };
  return (
    <form ref={form} className={styles.link} onSubmit={send}>
      <WrongFields after={refused} />
      <p>
        A deployment without a network assigned this seat, and its log has only a hash of the user. The seat
        keeps its position in the order of assignment. This can't be undone.
      </p>
      <p className={styles.hash}>
        Hash <code>{hash.replace("hash:", "")}</code>
      </p>
      <TextInput
        name="subject"
        label="User"
        description="DOMAIN\user, or the sub of your identity provider"
        required
        aria-invalid={refused !== null}
        data-autofocus
      />
      {refused ? <Problem of={refused} /> : null}
      <SubmitActions onClose={close} isPending={isPending}>
        Link to this user
      </SubmitActions>
    </form>
  );
}
