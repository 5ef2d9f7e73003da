"use client";

import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import type { NamedTemplate } from "@/domain/licenses/license-template";
import { removeTemplate } from "./actions";

/** Removes a saved template; licenses that were made from it stay. */
export function RemoveTemplate({ template: { id, name } }: { template: NamedTemplate }) {
  const router = useRouter();
  return (
    <ConfirmButton
      size="xs"
      title={`Remove the template “${name}”?`}
      effect="Nobody can start from it any more. Licenses that were created from it stay as they are."
      action="Remove template"
      color="danger"
      onConfirm={async () => {
        const removed = await removeTemplate(id);
        if (removed.ok) router.refresh();
        return removed;
      }}
    >
      Remove this template…
    </ConfirmButton>
  );
}
