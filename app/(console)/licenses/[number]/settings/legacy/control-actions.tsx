"use client";

import { useState } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { KeyText } from "@/app/(console)/licenses/[number]/keys/key-text";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import {
  createControlHere,
  migrateHere,
  revealControlHere,
  revokeControlHere,
  type ShownLegacy,
  undoMigrationHere,
} from "./actions";
import styles from "./legacy.module.css";

type Props = {
  number: string;
  state: "none" | "open" | "closed";
  isMigrated: boolean;
  canUndo: boolean;
  whyNotWrite: string | null;
  whyNotReveal: string | null;
};

/** The actions for a license's control number; their result is shown in a dialog. */
export function ControlActions(props: Props) {
  const [shown, setShown] = useState<ShownLegacy | null>(null);
  const show = async (work: Promise<ActionResult<ShownLegacy>>) => {
    const result = await work;
    if (result.ok) setShown(result.did);
    return result;
  };
  const { number, state, isMigrated } = props;
  return (
    <>
      <div className={styles.ways}>
        {isMigrated ? <UndoMigration {...props} /> : null}
        {state === "open" ? <OpenActions {...props} show={show} /> : null}
        {state !== "open" && !isMigrated ? (
          <ConfirmButton
            why={props.whyNotWrite}
            title="Create a control number?"
            effect="Products can then get the license file by serial and control number."
            action="Create control number"
            onConfirm={() => show(createControlHere(number))}
          >
            Create control number…
          </ConfirmButton>
        ) : null}
      </div>
      <Dialog
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown && "key" in shown ? "Signed license key" : "Control number"}
        size="lg"
      >
        {shown ? <Secret of={shown} number={number} /> : null}
      </Dialog>
    </>
  );
}

type OpenProps = Props & {
  show: (work: Promise<ActionResult<ShownLegacy>>) => Promise<ActionResult<ShownLegacy>>;
};

function OpenActions({ number, whyNotWrite, whyNotReveal, show }: OpenProps) {
  return (
    <>
      <ConfirmButton
        why={whyNotReveal}
        title="Reveal the control number?"
        effect="It's shown to you once more. The audit log records it."
        action="Reveal control number"
        onConfirm={() => show(revealControlHere(number))}
      >
        Reveal…
      </ConfirmButton>
      <ConfirmButton
        why={whyNotWrite}
        title="Rotate the control number?"
        effect="The current control number stops working immediately. Products keep their LEF, and need the new number to get it again."
        action="Rotate control number"
        onConfirm={() => show(createControlHere(number))}
      >
        Rotate…
      </ConfirmButton>
      <ConfirmButton
        why={whyNotWrite}
        title="Revoke the control number?"
        effect="Products can no longer get the LEF, but keep the one they have. You can create a new control number later."
        action="Revoke control number"
        color="danger"
        onConfirm={() => revokeControlHere(number)}
      >
        Revoke…
      </ConfirmButton>
      <ConfirmButton
        why={whyNotWrite}
        title="Migrate to a signed key?"
        effect="The license keeps its number and history. You get a signed license key, and the control number is closed: products that still use it are told to enter the key. You can undo this for 24 hours."
        action="Migrate license"
        onConfirm={() => show(migrateHere(number))}
      >
        Migrate to a signed key…
      </ConfirmButton>
    </>
  );
}

function UndoMigration({ number, canUndo, whyNotWrite }: Props) {
  const over = canUndo ? null : "A migration can be undone within 24 hours. That time has passed.";
  return (
    <ConfirmButton
      why={whyNotWrite ?? over}
      title="Undo the migration?"
      effect="The key of the migration is revoked, and the control number works again. Products that activated with the key stop at their next contact."
      action="Undo migration"
      color="danger"
      onConfirm={() => undoMigrationHere(number)}
    >
      Undo migration…
    </ConfirmButton>
  );
}

function Secret({ of: shown, number }: { of: ShownLegacy; number: string }) {
  if ("key" in shown)
    return (
      <div className={styles.shown}>
        <p>The license was migrated. Enter this key in the product; the control number no longer works.</p>
        <KeyText text={shown.key} fileName={`key-${number}.txt`} />
      </div>
    );
  return (
    <div className={styles.shown}>
      <code className={styles.control}>{shown.control}</code>
      <div className={styles.ways}>
        <CopyButton text={shown.control}>Copy control number</CopyButton>
      </div>
      <p className={styles.note}>Give it to the customer with the serial number. You can reveal it again.</p>
    </div>
  );
}
