import type { Shown } from "./shown-secret";

/** Recovery codes as what is shown once, one a line. */
export function recoveryCodesShown(codes: readonly string[]): Shown {
  return {
    text: codes.join("\n"),
    fileName: "signet-recovery-codes.txt",
    lead: (
      <p>
        Each of these codes lets you in once without the authenticator. They are not shown again: keep them
        apart from your phone.
      </p>
    ),
  };
}
