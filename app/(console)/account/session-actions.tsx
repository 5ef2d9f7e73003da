"use client";

import { ConfirmButton } from "@/components/confirm-button";
import { counted } from "@/components/numbers";
import { endOne, endOthers } from "./actions";

type OneParts = { id: string; browser: string; isHere: boolean };

export function EndOne({ id, browser, isHere }: OneParts) {
  return (
    <ConfirmButton
      size="xs"
      label={`End ${browser}`}
      why={isHere ? "You are here. Sign out in the menu at the top." : null}
      title="End this session?"
      effect={`${browser} is signed out at once.`}
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
      why={others === 0 ? "You are signed in nowhere else." : null}
      title="End all other sessions?"
      effect={`${counted(others, "other session")} ${others === 1 ? "ends" : "end"} at once. You stay signed in here.`}
      action="End all others"
      onConfirm={endOthers}
    >
      End all others…
    </ConfirmButton>
  );
}
