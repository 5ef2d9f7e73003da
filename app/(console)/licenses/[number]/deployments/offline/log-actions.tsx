"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { closeLogHere, signReply } from "./actions";
import { FileActions } from "./file-actions";
import { ReasonField } from "./reason-field";

type Props = { number: string; log: string; name: string; fileName: string; why: string | null };

/** Downloads the current reply to a log, or closes the log. */
export function LogActions({ number, log, name, fileName, why }: Props) {
  const title = `Close log: ${name}`;
  return (
    <FileActions
      action="Reply"
      label={`Download reply to ${name}`}
      fileName={fileName}
      text={() => signReply(number, log)}
    >
      <ConfirmButton
        size="xs"
        label={title}
        why={why}
        title={title}
        effect="Close it if the deployment was restored or started over, so that its new log can be uploaded. No more lines of this log are accepted, and its changes stay. This can't be undone."
        fields={<ReasonField />}
        action="Close log"
        onConfirm={(form) => closeLogHere(number, log, form)}
      >
        Close
      </ConfirmButton>
    </FileActions>
  );
}
