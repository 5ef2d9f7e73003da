import type { WhenOffline } from "@/domain/leases/bounded-definition";

/** What deployments may use while they can't reach the server. */
export const WHEN_OFFLINE_LABELS: Record<WhenOffline, { name: string; effect: string }> = {
  optimistic: {
    name: "Optimistic",
    effect:
      "Deployments that can't reach this server continue with the last known total. A month can end above its cap.",
  },
  bounded: {
    name: "Bounded",
    effect:
      "Deployments use only minutes that they reserved here beforehand. A month stays within its cap, even while they are offline. Agents that can't reserve minutes get none.",
  },
};
