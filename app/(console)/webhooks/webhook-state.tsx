import { Day } from "@/components/text/when";
import { StateBadge } from "@/components/ui/state-badge";
import type { Webhook } from "@/server/webhooks/webhook";

/** The state of an endpoint; an active one can be failing. */
export function WebhookState({ of: { state, disabledReason, failingSince } }: { of: Webhook }) {
  if (state === "paused") return <StateBadge state="suspended">Paused</StateBadge>;
  if (state === "disabled")
    return (
      <StateBadge state="revoked">
        {disabledReason === "gone" ? "Disabled, gone" : "Disabled, failing"}
      </StateBadge>
    );
  if (failingSince)
    return (
      <StateBadge state="rejected">
        Failing since <Day at={failingSince} />
      </StateBadge>
    );
  return <StateBadge state="within">Active</StateBadge>;
}
