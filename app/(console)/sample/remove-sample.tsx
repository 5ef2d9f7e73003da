"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { removeSampleNow } from "./actions";
import styles from "./sample-bar.module.css";

type Props = {
  why: string | null;
  /** The number of customers and licenses that are removed. */
  what: string;
  /** The licenses among them that people created. */
  ownNumbers: string[];
};

/** At most this many numbers are listed; the rest is counted. */
const NAMED = 5;

export function RemoveSample({ why, what, ownNumbers }: Props) {
  const router = useRouter();
  const queries = useQueryClient();
  const remove = async () => {
    const result = await removeSampleNow();
    if (!result.ok) return result;
    queries.clear();
    router.push("/");
    return result;
  };
  return (
    <ConfirmButton
      size="xs"
      why={why}
      title="Remove the sample data?"
      effect={
        <div className={styles.effect}>
          <p>
            {what} will be removed, with their keys, assignments, usage and audit events. Products that use
            these keys are refused from then on. This can't be undone.
          </p>
          {ownNumbers.length > 0 ? <p>{ownWords(ownNumbers)}</p> : null}
          <p>Everything else in this installation is kept.</p>
        </div>
      }
      action="Remove sample data"
      color="danger"
      label="Remove sample data"
      onConfirm={remove}
    >
      Remove
    </ConfirmButton>
  );
}

function ownWords(numbers: string[]): string {
  const named = numbers.slice(0, NAMED).map(formatLicenseNumber);
  const rest = numbers.length - named.length;
  const all = rest > 0 ? [...named, `${rest} more`] : named;
  const listed = new Intl.ListFormat("en", { type: "conjunction" }).format(all);
  return numbers.length === 1
    ? `One of them was created manually for a sample customer: ${listed}.`
    : `${numbers.length} of them were created manually for sample customers: ${listed}.`;
}
