import type { Shown } from "@/components/shown-secret";
import type { LinkMade } from "./actions";

export function invitationShown(made: LinkMade): Shown {
  return {
    text: made.link,
    fileName: "signet-invitation.txt",
    lead: (
      <p>
        <Way of={made} /> Whoever opens it first gets the account. It is not shown again, and holds until{" "}
        {made.ends}.
      </p>
    ),
  };
}

export function recoveryShown(made: LinkMade): Shown {
  return {
    text: made.link,
    fileName: "signet-recovery.txt",
    lead: (
      <p>
        <Way of={made} /> Whoever opens it sets the password. It is not shown again, works once, and holds
        until {made.ends}.
      </p>
    ),
  };
}

/** How the link comes to the person. */
function Way({ of: { email, mailed } }: { of: LinkMade }) {
  if (mailed === "sent") return <>Mailed to {email}.</>;
  return (
    <>
      {mailed === "failed" ? <strong>It could not be mailed. </strong> : null}
      Give it to {email} in a way that only they can read.
    </>
  );
}
