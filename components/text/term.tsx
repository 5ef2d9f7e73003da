import type { ReactNode } from "react";
import { TermLink } from "./term-link";
import { type TermId, termOf } from "./terms";

/** A word with its definition in a tooltip, and one press away; only the one definition goes to the browser. */
export function Term({ of, children }: { of: TermId; children: ReactNode }) {
  return (
    <TermLink id={of} means={termOf(of).means}>
      {children}
    </TermLink>
  );
}
