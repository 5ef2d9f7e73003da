import { useQuery } from "@tanstack/react-query";
import type { Beginnings } from "@/domain/first-steps";

const LOOK_MS = 3000;

/** Whether a product has activated; polled while a key exists and the page is visible. */
export function useActivated({ key, hasActivated }: Beginnings): boolean {
  const { data } = useQuery({
    queryKey: ["first-activation"],
    queryFn: ({ signal }) => fetchActivated(signal),
    enabled: key !== null && !hasActivated,
    refetchInterval: ({ state }) => (state.data ? false : LOOK_MS),
    retry: false,
  });
  return hasActivated || data === true;
}

async function fetchActivated(signal: AbortSignal): Promise<boolean> {
  const result = await fetch("/first-steps/activation", { signal });
  if (!result.ok) throw new Error(`The first steps answered ${result.status}.`);
  return (await result.json()).hasActivated;
}
