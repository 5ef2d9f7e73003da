"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { ActionButton } from "@/components/ui/action-button";

/** A button that requests the page again. */
export function TryAgain() {
  const router = useRouter();
  const [isPending, start] = useTransition();
  return (
    <ActionButton variant="default" loading={isPending} onClick={() => start(() => router.refresh())}>
      Try again
    </ActionButton>
  );
}
