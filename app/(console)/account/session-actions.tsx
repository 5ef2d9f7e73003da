"use client";

import { counted } from "@/components/text/numbers";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { endOne, endOthers } from "./actions";

type OneProps = { id: string; browser: string; isHere: boolean };

export function EndOne({ id, browser, isHere }: OneProps) {
  return (
    <ConfirmButton
      size="xs"
      label={`End ${browser}`}
      why={isHere ? "This is your current session. Use Sign out in the menu at the top." : null}
      title="End this session?"
      effect={`${browser} is signed out immediately.`}
      action="End session"
      onConfirm={() => endOne(id)}
    >
      End
    </ConfirmButton>
  );
}

export function EndOthers({ others }: { others: number }) {
  return (
    <ConfirmButton
      why={others === 0 ? "You have no other sessions." : null}
      title="End all other sessions?"
      effect={`${counted(others, "other session")} ${others === 1 ? "ends" : "end"} immediately. You stay signed in here.`}
      action="End all other sessions"
      onConfirm={endOthers}
    >
      End all other sessions…
    </ConfirmButton>
  );
}
