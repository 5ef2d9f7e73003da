"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { answered } from "@/components/answered";
import { useChanges } from "@/components/changes";
import { Dialog } from "@/components/dialog";
import { DialogActions } from "@/components/dialog-actions";
import { Problem } from "@/components/problem";
import type { Refused } from "@/components/refused";
import type { DualUseOffer } from "@/server/dual-use-offers";
import { changeOfferHere, offerHere, withdrawOfferHere } from "./actions";
import { OfferForm } from "./offer-form";
import { withdrawalWords } from "./offer-labels";
import styles from "./offers.module.css";

type Props = { number: string; why: string | null };
type OfOffer = Props & { offer: DualUseOffer };

/** Offers dual use, in a dialog. */
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
          send={({ products, ...terms }) => offerHere(number, { products, ...terms })}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

/** Changes count, end and note of an offer. */
export function ChangeOffer({ number, offer, today, why }: OfOffer & { today: string }) {
  const [isOpen, setOpen] = useState(false);
  const { id, deployments, until, note } = offer;
  const seen = { deployments, until, note };
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
          send={({ products: _, ...terms }) => changeOfferHere(number, { id, terms, seen })}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

/** Withdraws an offer with all that was accepted on it. */
export function WithdrawOffer({ number, offer, why }: OfOffer) {
  const [isOpen, setOpen] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isPending, start] = useTransition();
  const { did } = useChanges();
  const name = offer.products.join(", ");
  const withdraw = () =>
    start(async () => {
      const answer = await answered(withdrawOfferHere(number, offer.id));
      setRefused(answer.ok ? null : answer.refused);
      if (!answer.ok) return;
      setOpen(false);
      did({ words: `The offer for ${name} was withdrawn.` });
    });
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        why={why}
        aria-label={`Withdraw the offer for ${name}`}
        onClick={() => setOpen(true)}
      >
        Withdraw…
      </ActionButton>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={`Withdraw the offer for ${name}?`}>
        <div className={styles.form}>
          <p>{withdrawalWords(offer)}</p>
          <p>This can't be undone. After another offer, admins can accept the same deployments again.</p>
          {refused ? <Problem of={refused} /> : null}
          <DialogActions>
            <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
              Cancel
            </Button>
            <ActionButton color="danger" loading={isPending} onClick={withdraw}>
              Withdraw offer
            </ActionButton>
          </DialogActions>
        </div>
      </Dialog>
    </>
  );
}
