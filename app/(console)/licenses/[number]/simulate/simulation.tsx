"use client";

import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useEffect, useState, useTransition } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { ActionButton } from "@/components/ui/action-button";
import { Empty } from "@/components/ui/empty";
import { Problem } from "@/components/ui/problem";
import { endSimulation, type Simulated, type SimulatedDeployment, type Step, simulate } from "./actions";
import { ExchangeView } from "./exchange-view";
import styles from "./simulation.module.css";

type Props = { number: string; products: string[]; seats: string[]; minutes: string[]; why: string | null };
type Typed = { site: SimulatedDeployment; used: number; pool: string; seat: string; subject: string };
type Base = { version: number; epoch?: string };

/** Simulates a product: activate, report and sync, with every request and response as the product sees them. */
export function Simulation({ number, products, seats, minutes, why }: Props) {
  const [typed, set] = useTyped({
    site: { product: products[0] ?? "", source: "simulated deployment" },
    used: 30,
    pool: minutes[0] ?? "",
    seat: seats[0] ?? "",
    subject: "",
  });
  const { site, used, pool, seat, subject } = typed;
  const { seen, refused, isPending, isActivated, base, reports, send } = useSimulation(number, site);
  const whyNotYet = why ?? (isActivated ? null : "Activate first, as a product does when it starts.");
  const field = ({ currentTarget }: { currentTarget: { value: string } }) => currentTarget.value;
  return (
    <div className={styles.columns}>
      <div className={styles.steps}>
        <NativeSelect
          label="Product"
          data={products}
          value={site.product}
          onChange={(event) => set({ site: { ...site, product: field(event) } })}
        />
        <TextInput
          label="Deployment"
          description="The source it sends"
          value={site.source}
          onChange={(event) => set({ site: { ...site, source: field(event) } })}
        />
        <ActionButton why={why} loading={isPending} onClick={() => send({ kind: "activate" })}>
          Activate
        </ActionButton>
        {minutes.length > 0 ? (
          <fieldset className={styles.step} aria-label="Report">
            <NativeSelect
              label="Allotment"
              data={minutes}
              value={pool}
              onChange={(event) => set({ pool: field(event) })}
            />
            <NumberInput
              label="Minutes"
              value={used}
              onChange={(value) => set({ used: Number(value) || 0 })}
              hideControls
            />
            <ActionButton
              why={whyNotYet}
              variant="default"
              loading={isPending}
              onClick={() => send({ kind: "report", allotment: pool, minutes: used, sequence: reports + 1 })}
            >
              Report
            </ActionButton>
          </fieldset>
        ) : null}
        <fieldset className={styles.step} aria-label="Sync">
          {seats.length > 0 ? (
            <>
              <TextInput
                label="Assign"
                description="A user; leave empty to only sync"
                value={subject}
                onChange={(event) => set({ subject: field(event) })}
              />
              <NativeSelect
                label="Seat"
                data={seats}
                value={seat}
                onChange={(event) => set({ seat: field(event) })}
              />
            </>
          ) : null}
          <ActionButton
            why={whyNotYet}
            variant="default"
            loading={isPending}
            onClick={() =>
              send({ kind: "sync", base: base.version, epoch: base.epoch, subject, allotment: seat })
            }
          >
            Sync
          </ActionButton>
        </fieldset>
        {refused ? <Problem of={refused} /> : null}
      </div>
      {seen.length === 0 ? (
        <Ahead isReporting={minutes.length > 0} isAssigning={seats.length > 0} />
      ) : (
        <ol className={styles.exchanges} aria-label="Exchanges, newest first">
          {seen.map(({ exchange }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: keys count from the oldest entry, which never moves
            <li key={seen.length - index}>
              <ExchangeView of={exchange} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** Explains what the calls will show, before the first one. */
function Ahead({ isReporting, isAssigning }: { isReporting: boolean; isAssigning: boolean }) {
  return (
    <Empty title="No calls yet. Each call appears here with its request and reply, newest first.">
      <dl className={styles.ahead}>
        <dt>Activate</dt>
        <dd>The product proves its key, and gets its entitlements and lease.</dd>
        {isReporting ? (
          <>
            <dt>Report</dt>
            <dd>It reports the minutes used, and gets the month's total and what is left.</dd>
          </>
        ) : null}
        <dt>Sync</dt>
        <dd>
          {isAssigning
            ? "It requests a seat, and gets the changes from elsewhere since the last sync. If no seats are left, it is refused."
            : "It gets the changes from elsewhere since the last sync."}
        </dd>
      </dl>
    </Empty>
  );
}

/** The values of the fields. */
function useTyped(first: Typed) {
  const [typed, setTyped] = useState(first);
  useKeptDraft<Typed>({
    name: "simulation",
    draft: () => (JSON.stringify(typed) === JSON.stringify(first) ? null : typed),
    restore: (kept) => setTyped({ ...first, ...kept }),
  });
  const set = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  return [typed, set] as const;
}

function useSimulation(number: string, deployment: SimulatedDeployment) {
  const [seen, setSeen] = useState<Simulated[]>([]);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  useEffect(
    () => () => {
      void orUnanswered(endSimulation(number));
    },
    [number],
  );
  const send = (step: Step) =>
    startTransition(async () => {
      const result = await orUnanswered(simulate(number, seen[0]?.copy ?? null, deployment, step));
      setRefused(result.ok ? null : result.refused);
      if (result.ok) setSeen([result.did, ...seen]);
    });
  const reports = seen.filter(({ exchange }) => exchange.request.path === "/v1/consumption").length;
  const isActivated = seen.some(
    ({ exchange: { request, answer } }) => request.path === "/v1/activations" && answer.status === 200,
  );
  return { seen, refused, isPending, send, isActivated, reports, base: baseOf(seen) };
}

/** The base of the simulated deployment: what the last successful sync returned. */
function baseOf(seen: Simulated[]): Base {
  for (const { exchange } of seen) {
    const { body } = exchange.answer;
    // The response of a sync, as the protocol defines it.
    const bases = (body as { bases?: Base[] } | null)?.bases;
    if (bases?.[0]) return bases[0];
  }
  return { version: 0 };
}
