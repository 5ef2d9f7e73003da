import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { ActionRefusal } from "@/app/(console)/_lib/action-result";
import { orUnanswered } from "@/components/forms/unanswered";
import { create } from "./actions";
import { type NewDraft, sentOf } from "./new-draft";

/** Creates the license of a draft, and goes to it. */
export function useMaking(draft: NewDraft) {
  const router = useRouter();
  const [refused, setRefused] = useState<ActionRefusal | null>(null);
  const [isMade, setMade] = useState(false);
  const [isPending, start] = useTransition();
  const make = () =>
    start(async () => {
      const result = await orUnanswered(create(sentOf(draft)));
      if (!result.ok) return setRefused(result.refused);
      setMade(true);
      router.push(`/licenses/${result.did}`);
    });
  return { make, refused, isPending, isMade };
}
