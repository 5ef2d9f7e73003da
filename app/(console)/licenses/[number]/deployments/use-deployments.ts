"use client";

import { useQuery } from "@tanstack/react-query";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { SitePage } from "./listed-deployments";

const PULSE_MS = 30_000;

/** The deployments as they are now: read again each 30 seconds while one looks, and when something changed here. */
export function useSites(number: string, search: string, first: SitePage): SitePage {
  const { data } = useQuery({
    queryKey: ["deployments", number, search],
    queryFn: ({ signal }) => ask<SitePage>(`/licenses/${number}/deployments/live${search}`, signal),
    initialData: first,
    initialDataUpdatedAt: Date.parse(first.at),
    ...live(PULSE_MS),
  });
  return data;
}
