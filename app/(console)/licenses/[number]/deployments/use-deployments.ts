"use client";

import { useQuery } from "@tanstack/react-query";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { DeploymentPage } from "./listed-deployments";

const PULSE_MS = 30_000;

/** The current deployments: refreshed every 30 seconds while the page is visible, and after changes made here. */
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
