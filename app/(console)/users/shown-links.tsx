import type { Shown } from "@/components/shown-secret";
import type { InvitedLink, RecoveryLinkMade } from "./actions";

export function invitationShown({ email, link, ends }: InvitedLink): Shown {
  return {
    text: link,
    fileName: "signet-invitation.txt",
    lead: (
      <p>
        Give it to {email} in a way that only they can read. Whoever opens it first gets the account. It is
        not shown again, and holds until {ends}.
      </p>
    ),
  };
}

export function recoveryShown({ email, link, ends }: RecoveryLinkMade): Shown {
  return {
    text: link,
    fileName: "signet-recovery.txt",
    lead: (
      <p>
        Give it to {email} in a way that only they can read: whoever opens it sets the password. It is not
        shown again, works once, and holds until {ends}.
      </p>
    ),
  };
}
