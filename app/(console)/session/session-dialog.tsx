"use client";

import { Button } from "@mantine/core";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";

type Props = {
  title: string;
  sentence: string;
  /** What helps: to stay while there is a session, and to say that there is one again after its end. */
  act: { stay(): void; isStaying: boolean } | { check(): void };
  close(): void;
};

/** What to do about a session that ends or has ended. */
export function SessionDialog({ title, sentence, act, close }: Props) {
  return (
    <Dialog opened onClose={close} title={title}>
      <p>{sentence}</p>
      <DialogActions>
        {"stay" in act ? (
          <Button loading={act.isStaying} onClick={act.stay} data-autofocus>
            Stay
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={act.check}>
              I've signed in
            </Button>
            <Button component="a" href="/sign-in" target="_blank" data-autofocus>
              Sign in in a new window
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
