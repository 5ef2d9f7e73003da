"use client";

import { useQuery } from "@tanstack/react-query";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { DeploymentPage } from "./listed-deployments";

const PULSE_MS = 30_000;

/** The deployments as they are now: read again each 30 seconds while one looks, and when something changed here. */
export function useDeployments(number: string, search: string, first: DeploymentPage): DeploymentPage {
  const { data } = useQuery({
    queryKey: ["deployments", number, search],
    queryFn: ({ signal }) => ask<DeploymentPage>(`/licenses/${number}/deployments/live${search}`, signal),
    initialData: first,
    initialDataUpdatedAt: Date.parse(first.at),
    ...live(PULSE_MS),
  });
  return data;
}
