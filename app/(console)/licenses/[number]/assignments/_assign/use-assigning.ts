import { useState } from "react";
import type { useSeatWork } from "@/app/(console)/licenses/[number]/assignments/_list/use-seat-work";
import type { Assigning } from "./assign-form";

/** The form's content, restored after the session ended on submit and the person signed in again. */
type Typed = { subject: string; into: string; converts: boolean };

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
  const send = async (assigning: Assigning) => {
    close();
    const result = await assign(assigning);
    if (result.ok || result.refused.code !== "SIGNED_OUT") return;
    const { subjects, allotment: into, converts } = assigning;
    setTyped({ subject: subjects.join("\n"), into, converts });
    setOpen(true);
  };
  return { typed, close, send };
}
