"use client";

import { useState } from "react";
import { TypedConfirm } from "@/components/forms/typed-confirm";
import { counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { rotateKey, withdrawKey } from "./actions";

type RotateProps = { older: number; active: string | null; why: string | null };

/** Creates a new active key; older ones still verify. */
export function RotateKey({ older, active, why }: RotateProps) {
  return (
    <ConfirmButton
      why={why}
      title="Rotate the signing key?"
      effect={
        <>
          <p>
            New license keys are signed with a new key
            {active ? `, no longer with ${active.slice(0, 8)}` : ""}.
          </p>
          <p>
            {counted(older, "license key")} in use {older === 1 ? "stays" : "stay"} valid until you withdraw{" "}
            {older === 1 ? "its" : "their"} signing key. Products fetch the new public key automatically.
          </p>
        </>
      }
      action="Rotate signing key"
      onConfirm={rotateKey}
    >
      Rotate signing key…
    </ConfirmButton>
  );
}

type WithdrawProps = { kid: string; stops: number; why: string | null };

/** Invalidates everything that a key has signed. Its id has to be typed. */
export function WithdrawKey({ kid, stops, why }: WithdrawProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        aria-label={`Withdraw ${kid.slice(0, 8)}`}
        onClick={() => setOpen(true)}
      >
        Withdraw…
      </ActionButton>
      <TypedConfirm
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={`Withdraw the signing key ${kid.slice(0, 8)}…`}
        effect={
          <>
            <p>
              {stops === 0
                ? "No license key in use was signed by it."
                : `${counted(stops, "license key")} in use ${stops === 1 ? "stops" : "stop"}: products that have ${stops === 1 ? "it" : "them"} are refused at their next contact.`}{" "}
              Signed definitions and audit exports signed by it can no longer be verified.
            </p>
            <p>Its private key is destroyed. This can't be undone.</p>
          </>
        }
        asked={kid}
        askedName="key ID"
        action="Withdraw key"
        onConfirm={() => withdrawKey(kid)}
      />
    </>
  );
}
