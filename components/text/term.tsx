import type { ReactNode } from "react";
import { TermLink } from "./term-link";
import { type TermId, termOf } from "./terms";

/**
 * A term with its definition in a tooltip, which also opens on a press. Only this one definition is sent to the
 * browser.
 */
export function Term({ of, children }: { of: TermId; children: ReactNode }) {
  return (
    <TermLink id={of} means={termOf(of).means}>
      {children}
    </TermLink>
  );
}
