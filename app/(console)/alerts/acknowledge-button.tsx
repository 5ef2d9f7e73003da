"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTransition } from "react";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import { ActionButton } from "@/components/ui/action-button";
import { acknowledgeHere } from "./actions";

type Props = { id: string; name: string; why: string | null };

/** Takes an alert out of the bell: somebody takes care of it. */
export function AcknowledgeButton({ id, name, why }: Props) {
  const { did } = useChanges();
  const queries = useQueryClient();
  const [isPending, start] = useTransition();
  const acknowledge = () =>
    start(async () => {
      const result = await orUnanswered(acknowledgeHere(id));
      did({ words: result.ok ? "Alert acknowledged." : result.refused.sentence });
      await queries.invalidateQueries({ queryKey: ["attention"] });
    });
  return (
    <ActionButton
      size="xs"
      variant="default"
      aria-label={`Acknowledge: ${name}`}
      loading={isPending}
      why={why}
      onClick={acknowledge}
    >
      Acknowledge
    </ActionButton>
  );
}
