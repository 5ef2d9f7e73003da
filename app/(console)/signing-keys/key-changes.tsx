"use client";

import { useState } from "react";
import { ActionButton } from "@/components/action-button";
import { ConfirmButton } from "@/components/confirm-button";
import { counted } from "@/components/numbers";
import { TypedConfirm } from "@/components/typed-confirm";
import { rotateKey, withdrawKey } from "./actions";

type RotateParts = { older: number; active: string | null; why: string | null };

/** Makes a new key that signs; those before go on to verify. */
export function RotateKey({ older, active, why }: RotateParts) {
  return (
    <ConfirmButton
      why={why}
      title="Make a new signing key?"
      effect={
        <>
          <p>
            License keys that are issued from now on are signed by the new key
            {active ? `, not by ${active.slice(0, 8)}` : ""}.
          </p>
          <p>
            {counted(older, "license key")} in use {older === 1 ? "stays" : "stay"} valid until you withdraw
            the signing key of {older === 1 ? "it" : "each"}. Products fetch the new public key by themselves.
          </p>
        </>
      }
      action="Make a new key"
      onConfirm={rotateKey}
    >
      Make a new signing key…
    </ConfirmButton>
  );
}

type WithdrawParts = { kid: string; stops: number; why: string | null };

/** Takes back all that a key has signed. Its id has to be typed. */
export function WithdrawKey({ kid, stops, why }: WithdrawParts) {
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
              Signed definitions and audit exports of it do not verify any more.
            </p>
            <p>Its private part is destroyed. This cannot be undone.</p>
          </>
        }
        asked={kid}
        askedName="key id"
        action="Withdraw key"
        onConfirm={() => withdrawKey(kid)}
      />
    </>
  );
}
