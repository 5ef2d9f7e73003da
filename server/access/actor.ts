const ACTOR_KINDS = ["user", "token", "product", "system"] as const;

/** The actor of a change, and the request that made it. */
export type Actor = {
  kind: (typeof ACTOR_KINDS)[number];
  id: string;
  address?: string;
  requestId?: string;
};

export const SYSTEM: Actor = { kind: "system", id: "signet" };

export function isActorKind(value: unknown): value is Actor["kind"] {
  return ACTOR_KINDS.some((kind) => kind === value);
}
