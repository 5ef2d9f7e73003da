import { When } from "@/components/text/when";
import { StateBadge } from "@/components/ui/state-badge";
import type { Delivery } from "@/server/webhooks/deliveries";

const BADGES = { delivered: "within", waiting: "waiting", failed: "rejected" } as const;
const NAMES = { delivered: "Delivered", waiting: "Waiting", failed: "Failed" } as const;

export function DeliveryStateBadge({ of: { state } }: { of: Pick<Delivery, "state"> }) {
  return <StateBadge state={BADGES[state]}>{NAMES[state]}</StateBadge>;
}

/** When the next attempt is due; one whose time has come waits for the endpoint. */
export function NextAttempt({ due, now }: { due: Date | null; now: Date }) {
  if (!due) return "–";
  return due <= now ? "now" : <When at={due} now={now} />;
}
