"use client";

import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import { counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { ReleasePreview } from "@/server/users/release-preview";
import { foreseeRelease, releaseUser } from "./actions";
import { PreviewSeats } from "./preview-seats";
import { useUsersAgain } from "./use-users";
import { releasedText } from "./user-labels";

type Props = {
  /** The user to release; null while the dialog is closed. */
  subject: string | null;
  why: string | null;
  close(): void;
};

/** Releases every seat of a user, after the server has said which. */
export function ReleaseDialog({ subject, why, close }: Props) {
  const { preview, refused, setRefused } = usePreview(subject);
  const [isPending, setPending] = useState(false);
  const { did } = useChanges();
  const refresh = useRefresh();
  const readAgain = useUsersAgain();
  const release = async () => {
    if (subject === null) return;
    setPending(true);
    const result = await orUnanswered(releaseUser(subject));
    setPending(false);
    if (!result.ok) return setRefused(result.refused);
    const { undo } = result.did;
    did({
      words: releasedText(subject, result.did),
      undo: undo ? { license: null, sealed: undo } : undefined,
    });
    close();
    void refresh();
    await readAgain();
  };
  const seats = preview?.seats ?? [];
  const whyNot =
    why ?? (preview ? (seats.length > 0 ? null : "This user holds no seat.") : "The seats are being read.");
  return (
    <Dialog
      opened={subject !== null}
      onClose={close}
      size="lg"
      title={`Release ${subject === null ? "" : shownSubject(subject)} everywhere`}
    >
      {refused ? <Problem of={refused} /> : null}
      {preview ? (
        <PreviewSeats preview={preview} />
      ) : (
        <p aria-live="polite">{refused ? "" : "Reading the seats…"}</p>
      )}
      <DialogActions>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <ActionButton why={whyNot} loading={isPending} data-autofocus onClick={release}>
          Release {seats.length > 0 ? counted(seats.length, "seat") : ""}
        </ActionButton>
      </DialogActions>
    </Dialog>
  );
}

/** What the release would do, read when the dialog opens. */
function usePreview(subject: string | null) {
  const [preview, setPreview] = useState<ReleasePreview | null>(null);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  useEffect(() => {
    if (subject === null) return;
    let isCurrent = true;
    setPreview(null);
    setRefused(null);
    void orUnanswered(foreseeRelease(subject)).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setPreview(result.did);
      else setRefused(result.refused);
    });
    return () => {
      isCurrent = false;
    };
  }, [subject]);
  return { preview, refused, setRefused };
}
