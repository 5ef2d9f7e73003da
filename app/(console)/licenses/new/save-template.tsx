"use client";

import { TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { saveTemplate } from "./actions";
import type { NewDraft } from "./new-draft";

type Props = { draft: NewDraft; why: string | null; onSaved(id: string): void };

/** Saves the entitlements of the form under a name, for the next licenses. */
export function SaveTemplate({ draft: { definition, products }, why, onSaved }: Props) {
  const router = useRouter();
  return (
    <ConfirmButton
      why={why}
      title="Save as a template"
      effect="Everyone who creates licenses can start from it. It keeps the product, how long it is valid, and the units in force, but neither the customer nor the number. A template of the same name is replaced."
      fields={
        <TextInput name="name" label="Name" required maxLength={60} autoComplete="off" data-autofocus />
      }
      action="Save template"
      onConfirm={async (form) => {
        const saved = await saveTemplate({ name: form.get("name"), definition, products });
        if (saved.ok) {
          onSaved(saved.did);
          router.refresh();
        }
        return saved;
      }}
    >
      Save as a template…
    </ConfirmButton>
  );
}
