import type { Shown } from "./shown-secret";

/** Recovery codes as a secret shown once, one per line. */
export function recoveryCodesShown(codes: readonly string[]): Shown {
  return {
    text: codes.join("\n"),
    fileName: "signet-recovery-codes.txt",
    lead: <p>Each recovery code works once. Store them away from your phone: they are not shown again.</p>,
  };
}
