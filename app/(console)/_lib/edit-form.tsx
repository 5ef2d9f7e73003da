"use client";

import { Fragment, type ReactNode } from "react";
import { EditConflict, WHY_CHOOSE } from "@/components/forms/edit-conflict";
import styles from "@/components/forms/form.module.css";
import { sendWithoutReset } from "@/components/forms/kept-form";
import { useEditedFields } from "@/components/forms/use-edited-fields";
import { WrongFields } from "@/components/forms/wrong-fields";
import { Problem } from "@/components/ui/problem";
import { isConflict } from "./action-result";
import { ResultFoot, type ResultFormProps } from "./result-form";
import { wrongElsewhere } from "./wrong-field";

type Props<T, Values> = Omit<ResultFormProps<T>, "keptAs" | "children"> & {
  keptAs: string;
  /** The values on the server, and their tag, which the form sends as `tag`. */
  saved: Values;
  tag: string;
  /** What is edited, such as `this webhook`, and the saved values for a person who edited others. */
  what: string;
  theirs: ReactNode;
  /** The fields, with the values that they show at first. */
  children: (shown: Values) => ReactNode;
};

/**
 * A form for something on the server that others can change too: what was typed stays, and is compared with theirs
 * before it replaces it. It works without JavaScript.
 */
export function EditForm<T, Values>({ form, fields, what, theirs, children, ...rest }: Props<T, Values>) {
  const [result, action, isPending] = form;
  const { keptAs: name, saved, tag, why, submit, done } = rest;
  const edit = useEditedFields({ name, saved, tag, result, isPending });
  const isSettled = isConflict(result) && (edit.isOutdated || edit.isDecided);
  const elsewhere = isSettled ? null : wrongElsewhere(result, fields);
  const send = (typed: FormData) => {
    edit.sends();
    action(typed);
  };
  return (
    <form ref={edit.form} className={styles.form} action={action} onSubmit={sendWithoutReset(send)}>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <input type="hidden" name="tag" value={edit.base} />
      <Fragment key={edit.shown.tag}>{children(edit.shown.values)}</Fragment>
      {edit.isOutdated ? (
        <EditConflict what={what} theirs={theirs} onKeep={edit.keep} onDiscard={edit.discard} />
      ) : null}
      <ResultFoot
        {...{ result, isPending, submit, done }}
        why={why ?? (edit.isOutdated ? WHY_CHOOSE : null)}
      />
    </form>
  );
}
