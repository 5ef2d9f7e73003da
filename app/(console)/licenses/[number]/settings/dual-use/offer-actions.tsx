"use client";

import { useState } from "react";
import { useChanges } from "@/components/shell/changes";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import type { DualUseOffer } from "@/server/dual-use/dual-use-terms";
import { changeOfferHere, offerHere, withdrawOfferHere } from "./actions";
import { OfferForm } from "./offer-form";
import { withdrawalLabel } from "./offer-labels";

type Props = { number: string; why: string | null };
type OfOffer = Props & { offer: DualUseOffer };

/** The button and dialog to offer dual use. */
export function NewOffer({ number, today, why }: Props & { today: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton variant="default" why={why} onClick={() => setOpen(true)}>
        Offer dual use…
      </ActionButton>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title="Offer dual use">
        <OfferForm
          today={today}
          action="Create offer"
          done="Dual use was offered."
          send={(draft) => offerHere(number, draft)}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

/** The button and dialog to change an offer's count, end and note. */
export function ChangeOffer({ number, offer, today, why }: OfOffer & { today: string }) {
  const [isOpen, setOpen] = useState(false);
  const { id } = offer;
  const name = offer.products.join(", ");
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        aria-label={`Change the offer for ${name}`}
        onClick={() => setOpen(true)}
      >
        Change…
      </ActionButton>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={`Change the offer for ${name}`}>
        <OfferForm
          offer={offer}
          today={today}
          action="Save"
          done="The offer was changed."
          send={({ products: _, ...terms }, seen) => changeOfferHere(number, { id, terms, seen })}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

/** The button and dialog to withdraw an offer together with all its acceptances. */
export function WithdrawOffer({ number, offer, why }: OfOffer) {
  const { did } = useChanges();
  const name = offer.products.join(", ");
  const withdraw = async () => {
    const result = await withdrawOfferHere(number, offer.id);
    if (result.ok) did({ words: `The offer for ${name} was withdrawn.` });
    return result;
  };
  return (
    <ConfirmButton
      size="xs"
      why={why}
      label={`Withdraw the offer for ${name}`}
      title={`Withdraw the offer for ${name}?`}
      effect={
        <>
          <p>{withdrawalLabel(offer)}</p>
          <p>This can't be undone. After another offer, admins can accept the same deployments again.</p>
        </>
      }
      action="Withdraw offer"
      color="danger"
      onConfirm={withdraw}
    >
      Withdraw…
    </ConfirmButton>
  );
}
