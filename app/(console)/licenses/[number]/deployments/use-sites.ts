"use client";

import { useQuery } from "@tanstack/react-query";
import type { SitePage } from "./listed-sites";

const PULSE_MS = 30_000;

/** The deployments as they are now: read again each 30 seconds while one looks, and when something changed here. */
export function useSites(number: string, search: string, first: SitePage) {
  const { data, isError } = useQuery({
    queryKey: ["deployments", number, search],
    queryFn: ({ signal }) => fetchSites(number, search, signal),
    initialData: first,
    initialDataUpdatedAt: Date.parse(first.at),
    staleTime: PULSE_MS,
    refetchInterval: PULSE_MS,
    retry: false,
  });
  return { page: data, isOld: isError };
}

async function fetchSites(number: string, search: string, signal: AbortSignal): Promise<SitePage> {
  const answer = await fetch(`/licenses/${number}/deployments/live${search}`, { signal });
  if (!answer.ok) throw new Error(`The list answered ${answer.status}.`);
  return answer.json();
}
