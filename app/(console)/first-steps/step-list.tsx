"use client";

import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { usePreferences } from "@/components/shell/preferences-provider";
import { ActionButton } from "@/components/ui/action-button";
import { Link } from "@/components/ui/link";
import { type Beginnings, firstSteps, type Step, type StepName } from "@/domain/first-steps";
import styles from "./first-steps.module.css";
import { useActivated } from "./use-activated";
import { WaitForProduct } from "./wait-for-product";

/** The page of each step; `why` is the reason this reader can't do it. */
export type StepLinks = Record<Exclude<StepName, "activation">, { href: string; why: string | null }>;

type Props = {
  begun: Beginnings;
  ways: StepLinks;
  door: string;
  whyNotReveal: string | null;
  simulate: string | null;
  canHide: boolean;
};

const LABELS: Record<StepName, { name: string; about: string; act: string }> = {
  owner: {
    name: "Owner account and second factor",
    about: "Owners have full access, so a password alone isn't enough.",
    act: "Turn on the second factor",
  },
  customer: {
    name: "Create a customer",
    about: "The company or department that buys.",
    act: "Create a customer",
  },
  license: {
    name: "Create a license",
    about: "What the customer bought: a product, seats and minutes.",
    act: "Create a license",
  },
  key: {
    name: "Issue a key",
    about: "What the customer enters in the product.",
    act: "Issue a key",
  },
  activation: {
    name: "Activate a product",
    about: "The product uses its key to fetch its entitlements.",
    act: "",
  },
};

/** The steps in order. The last one is checked off when a product activates. */
export function StepList({ begun, ways, door, whyNotReveal, simulate, canHide }: Props) {
  const hasActivated = useActivated(begun);
  const steps = firstSteps({ ...begun, hasActivated });
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <p role="status">
          {hasActivated ? "A product has activated. " : ""}
          {done} of {steps.length} steps done.
        </p>
        {canHide ? <HideButton /> : null}
      </div>
      <ol>
        {steps.map((step, i) => (
          <Row key={step.name} step={step} place={i + 1}>
            {step.name === "activation" ? (
              <WaitForProduct
                {...{ door, whyNotReveal, simulate }}
                listens={!hasActivated}
                held={begun.key}
              />
            ) : (
              <Way step={step} {...ways[step.name]} />
            )}
          </Row>
        ))}
      </ol>
    </div>
  );
}

function Row({ step: { name, state }, place, children }: { step: Step; place: number; children: ReactNode }) {
  return (
    <li data-state={state} aria-current={state === "next" ? "step" : undefined}>
      <span className={styles.mark} aria-hidden>
        {state === "done" ? <IconCheck size={16} stroke={2.5} /> : place}
      </span>
      <div className={styles.words}>
        <p className={styles.name}>
          {LABELS[name].name}
          <span className={styles.unseen}>{state === "done" ? ", done" : ""}</span>
        </p>
        {state === "done" ? null : <p className={styles.about}>{LABELS[name].about}</p>}
      </div>
      {children}
    </li>
  );
}

function Way({ step: { name, state }, href, why }: { step: Step; href: string; why: string | null }) {
  if (state === "done") return null;
  const looks = { size: "sm", variant: state === "next" ? "filled" : "default" } as const;
  const { act } = LABELS[name];
  if (why)
    return (
      <ActionButton {...looks} why={why}>
        {act}
      </ActionButton>
    );
  return (
    <Button {...looks} renderRoot={(props) => <Link href={href} {...props} />}>
      {act}
    </Button>
  );
}

function HideButton() {
  const { prefer } = usePreferences();
  const router = useRouter();
  const hide = () => {
    prefer({ firstSteps: false });
    router.refresh();
  };
  return (
    <Button size="xs" variant="subtle" onClick={hide} title="You can still find them in Help">
      Hide steps
    </Button>
  );
}
