import { useState } from "react";
import type { useSeatWork } from "./use-seat-work";

/** The form's content, restored after the session ended on submit and the person signed in again. */
type Typed = { subject: string; into: string };

/** Opens, closes and submits the form that assigns seats. */
export function useAssigning(
  assign: ReturnType<typeof useSeatWork>["assign"],
  setOpen: (isOpen: boolean) => void,
) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const close = () => {
    setTyped(null);
    setOpen(false);
  };
  const send = async (subjects: string[], into: string) => {
    close();
    const result = await assign(subjects, into);
    if (result.ok || result.refused.code !== "SIGNED_OUT") return;
    setTyped({ subject: subjects.join("\n"), into });
    setOpen(true);
  };
  return { typed, close, send };
}
