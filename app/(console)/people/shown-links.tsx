import type { Shown } from "@/components/ui/shown-secret";
import type { CreatedLink } from "./actions";

export function invitationShown(made: CreatedLink): Shown {
  return {
    text: made.link,
    fileName: "signet-invitation.txt",
    lead: (
      <p>
        <Way of={made} /> Anyone with this link can claim the account. It is not shown again. Expires{" "}
        {made.ends}.
      </p>
    ),
  };
}

export function recoveryShown(made: CreatedLink): Shown {
  return {
    text: made.link,
    fileName: "signet-recovery.txt",
    lead: (
      <p>
        <Way of={made} /> Anyone with this link can set the password. It is not shown again and works once.
        Expires {made.ends}.
      </p>
    ),
  };
}

/** Explains how the link reaches the person. */
function Way({ of: { email, mailed } }: { of: CreatedLink }) {
  if (mailed === "sent") return <>E-mailed to {email}.</>;
  return (
    <>
      {mailed === "failed" ? <strong>It couldn't be e-mailed. </strong> : null}
      Send it to {email} over a private channel.
    </>
  );
}
