import { isRejection, rejectionSentence } from "@/domain/refusals/seat-refusals";

/** The backend's own sentence after its code, or the standard one of the code. A newer backend may have new codes. */
export function rejectionText(rejection: string): { code: string; reason: string } {
  const [code = "", ...sentence] = rejection.split(":");
  const known = isRejection(code) ? rejectionSentence(code) : "The backend rejected it.";
  return { code, reason: sentence.join(":").trim() || known };
}
