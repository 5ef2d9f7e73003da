"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { endToken } from "./actions";

export function RevokeToken({ id, name, why }: { id: string; name: string; why: string | null }) {
  return (
    <ConfirmButton
      size="xs"
      label={`Revoke ${name}`}
      why={why}
      title={`Revoke the token ${name}?`}
      effect="Programs that use it are refused immediately, and so are tokens created with it. This can't be undone."
      action="Revoke token"
      color="danger"
      onConfirm={() => endToken(id)}
    >
      Revoke
    </ConfirmButton>
  );
}
