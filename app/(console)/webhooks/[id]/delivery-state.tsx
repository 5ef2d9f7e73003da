import { StateBadge } from "@/components/ui/state-badge";
import type { Delivery } from "@/server/webhooks/deliveries";

const BADGES = { delivered: "within", waiting: "waiting", failed: "rejected" } as const;
const NAMES = { delivered: "Delivered", waiting: "Waiting", failed: "Failed" } as const;

export function DeliveryStateBadge({ of: { state } }: { of: Pick<Delivery, "state"> }) {
  return <StateBadge state={BADGES[state]}>{NAMES[state]}</StateBadge>;
}
