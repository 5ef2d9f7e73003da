import type { Allotment, Definition } from "@/domain/licenses/definition";
import type { Feature } from "@/domain/licenses/features";

/** Whether deployments that can't reach the server count on the last known total, or spend only what they reserved. */
export const WHEN_OFFLINE = ["optimistic", "bounded"] as const;
export type WhenOffline = (typeof WHEN_OFFLINE)[number];

/** Limits of `leaseHours`: for how long reserved minutes can be spent without a new answer. */
export const LEASE_HOURS = { min: 1, max: 72 } as const;

/** Whether a client gets no minutes of a license: only what is reserved may be used, and it can't reserve. */
export function isLeftOut(whenOffline: WhenOffline, features: readonly Feature[] = []): boolean {
  return whenOffline === "bounded" && !features.includes("leases");
}

/** Whether minutes of an allotment can be reserved: only those with a cap need to be. */
export function isBoundedAllotment({ usage, overage }: Pick<Allotment, "usage" | "overage">): boolean {
  return usage.class === "time" && overage !== "YES";
}

/** The definition for a client that gets no minutes of allotments with a cap. */
export function withoutMinutes(definition: Definition): Definition {
  return { ...definition, allotments: definition.allotments.map(withoutUnits) };
}

function withoutUnits(allotment: Allotment): Allotment {
  if (!isBoundedAllotment(allotment)) return allotment;
  const { overage: _, ...rest } = allotment;
  return { ...rest, units: [] };
}
