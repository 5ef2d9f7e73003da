import { deploymentSearch } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { ActionButton } from "@/components/ui/action-button";
import { ActionLink } from "@/components/ui/action-link";
import type { CapacityMonth } from "@/server/consumption/capacity";
import styles from "./month-links.module.css";

type Props = {
  number: string;
  month: CapacityMonth;
  /** Why the reader can't change the definition; null if they can. */
  whyNotRaise: string | null;
};

/** Next steps for a month: raise the allotment, or see who used it. */
export function MonthLinks({ number, month: { month, today }, whyNotRaise }: Props) {
  const license = `/licenses/${number}`;
  const of = { sort: "-share", month: today === null ? month : null } as const;
  return (
    <div className={styles.ways}>
      {whyNotRaise ? (
        <ActionButton variant="default" why={whyNotRaise}>
          Raise units
        </ActionButton>
      ) : (
        <ActionLink href={`${license}/definition`}>Raise units</ActionLink>
      )}
      <ActionLink href={deploymentSearch(`${license}/deployments`, of)}>Usage by deployment</ActionLink>
    </div>
  );
}
