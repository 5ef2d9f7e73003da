"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { answered } from "@/components/answered";
import { count, counted } from "@/components/numbers";
import { Problem } from "@/components/problem";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/license-number";
import { type Verified, verifyNow } from "./actions";
import styles from "./chain-tools.module.css";

type Result = Awaited<ReturnType<typeof verifyNow>>;

/** Computes chains anew on request; what came out stays with its time while the window is open. */
export function Verify({ chain }: { chain: string | null }) {
  const [isRunning, start] = useTransition();
  const queries = useQueryClient();
  const key = ["audit-verified", chain];
  const { data } = useQuery<Result | null>({
    queryKey: key,
    queryFn: () => null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const run = () => start(async () => void queries.setQueryData(key, await answered(verifyNow(chain))));
  return (
    <div className={styles.verify}>
      <ActionButton variant="default" loading={isRunning} onClick={run}>
        Verify now
      </ActionButton>
      <div role="status">{data ? <Outcome result={data} isOne={chain !== null} /> : null}</div>
    </div>
  );
}

function Outcome({ result, isOne }: { result: Result; isOne: boolean }) {
  if (!result.ok) return <Problem of={result.refused} />;
  const { did } = result;
  const checked = `checked ${did.at.toISOString().slice(11, 19)} UTC`;
  if (did.bad) return <Problem>{brokenWords(did.bad, checked)}</Problem>;
  return isOne ? (
    <p>{`The chain is whole to event ${count(did.events)}, ${checked}.`}</p>
  ) : (
    <p>{`${counted(did.chains, "chain")} with ${counted(did.events, "event")} whole, ${checked}.`}</p>
  );
}

function brokenWords({ chain, sequence, reason }: NonNullable<Verified["bad"]>, checked: string): string {
  const whose = parseLicenseNumber(chain)
    ? `of license ${formatLicenseNumber(chain)}`
    : "of the installation";
  return `The audit chain ${whose} breaks at event ${count(sequence)}, which ${reason}; ${checked}. Export the log now and keep the database as it is.`;
}
