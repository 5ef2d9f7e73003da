"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { downloadAgain, markReturned } from "./actions";
import { FileActions } from "./file-actions";
import { ReasonField } from "./reason-field";

type Props = {
  number: string;
  id: string;
  name: string;
  fileName: string;
  effect: string;
  why: string | null;
};

/** Downloads a signed definition again, or marks it as returned. */
export function CheckoutActions({ number, id, name, fileName, effect, why }: Props) {
  const title = `Mark ${name} as returned`;
  return (
    <FileActions
      action="Download"
      label={`Download ${name} again`}
      fileName={fileName}
      why={why}
      text={() => downloadAgain(id)}
    >
      <ConfirmButton
        size="xs"
        label={title}
        why={why}
        title={title}
        effect={effect}
        fields={<ReasonField />}
        action="Mark as returned"
        onConfirm={(form) => markReturned(number, id, form)}
      >
        Return
      </ConfirmButton>
    </FileActions>
  );
}
