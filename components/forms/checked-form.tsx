"use client";

import type { ReactNode } from "react";
import { KeptForm } from "./kept-form";
import { WrongFields } from "./wrong-fields";

type Props = {
  action: (form: FormData) => void;
  /** The last result of the action, null before the first. */
  result: object | null;
  /** Names the draft of the form, whose input is then kept when it is refused or the session ends. */
  keptAs?: string | null;
  /** What is above the errors. */
  intro?: ReactNode;
  /** The error that belongs to none of the fields. */
  problem: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A form with its errors at the top. It works without JavaScript. */
export function CheckedForm({ action, result, keptAs, intro, problem, className, children }: Props) {
  const content = (
    <>
      {intro}
      <WrongFields after={result} />
      {problem}
      {children}
    </>
  );
  if (!keptAs)
    return (
      <form className={className} action={action}>
        {content}
      </form>
    );
  return (
    <KeptForm name={keptAs} className={className} action={action}>
      {content}
    </KeptForm>
  );
}
