"use client";

import { IconPencil } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useOptimistic, useRef, useState, useTransition } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptFields } from "@/components/forms/use-kept-fields";
import { useChanges } from "@/components/shell/changes";
import { Link } from "@/components/ui/link";
import { renameHere } from "./actions";
import { DeploymentName } from "./deployment-name";
import styles from "./deployments.module.css";

type Props = { number: string; source: string; name: string | null; href: string; why: string | null };

/**
 * The name of a deployment, a link that can be renamed in place. A new name shows at once; if it is refused, its field
 * opens again with what was typed.
 */
export function Rename({ number, source, name, href, why }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { shown, refused, rename, forget } = useRenaming({
    number,
    source,
    name,
    reopen: () => setOpen(true),
  });
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  if (isOpen)
    return (
      <>
        <NameForm
          source={source}
          shown={refused?.name ?? shown}
          close={() => {
            forget();
            close();
          }}
          save={(wanted) => {
            close();
            rename(wanted);
          }}
        />
        {refused ? <Refused of={refused} /> : null}
      </>
    );
  return (
    <span className={styles.named}>
      <Link href={href} id={`site-${source}`} scroll={false}>
        <DeploymentName source={source} name={shown || null} />
      </Link>
      <button
        ref={button}
        type="button"
        className={styles.rename}
        aria-label={`Rename ${shown || source}`}
        aria-disabled={why !== null}
        title={why ?? "Rename"}
        onClick={() => why === null && setOpen(true)}
      >
        <IconPencil size={15} stroke={2} aria-hidden />
      </button>
    </span>
  );
}

function Refused({ of }: { of: RefusalNotice }) {
  return (
    <p>
      <span role="alert">{of.sentence}</span> <RefusalMarks of={of} />
    </p>
  );
}

type Renaming = Pick<Props, "number" | "source" | "name"> & { reopen(): void };

function useRenaming({ number, source, name, reopen }: Renaming) {
  const [shown, show] = useOptimistic(name ?? "");
  const [refused, setRefused] = useState<(RefusalNotice & { name: string }) | null>(null);
  const [, start] = useTransition();
  const queries = useQueryClient();
  const { did } = useChanges();
  const rename = (wanted: string) => {
    setRefused(null);
    if (wanted === (name ?? "")) return;
    start(async () => {
      show(wanted);
      const result = await orUnanswered(renameHere(number, { source, name: wanted, was: name ?? "" }));
      if (result.ok) {
        did({ words: `Renamed to ${wanted || source}.`, undo: { license: number, sealed: result.did.undo } });
      } else {
        setRefused({ ...result.refused, name: wanted });
        reopen();
      }
      await queries.invalidateQueries({ queryKey: ["deployments", number] });
    });
  };
  return { shown, refused, rename, forget: () => setRefused(null) };
}

type FormProps = { source: string; shown: string; save: (name: string) => void; close: () => void };

function NameForm({ source, shown, save, close }: FormProps) {
  const { form, settle } = useKeptFields(`name ${source}`);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    settle();
    save(String(new FormData(event.currentTarget).get("name") ?? "").trim());
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      <input
        name="name"
        aria-label={`Name of ${source}`}
        defaultValue={shown}
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: the field opens on a press, and typing continues in it
        autoFocus
        onKeyDown={({ key }) => {
          if (key !== "Escape") return;
          settle();
          close();
        }}
      />
      <button type="submit">Save</button>
    </form>
  );
}
