import { ActionLink } from "@/components/ui/action-link";
import type { Verified } from "@/server/audit/verification";
import styles from "./chain-tools.module.css";
import { LastVerified } from "./last-verified";
import { Verify } from "./verify";

type Props = {
  /** What is verified: one chain, or all in sight. */
  chain: string | null;
  /** How that stood the last time. */
  last: Verified;
  now: Date;
  /** Which chain the export has, and what it is called. */
  exported: { chain: string; name: string } | null;
};

/** What proves chains: verification here, and an export that is signed. */
export function ChainTools({ chain, last, now, exported }: Props) {
  return (
    <div className={styles.tools}>
      <Verify chain={chain}>
        <LastVerified of={last} isOne={chain !== null} now={now} />
      </Verify>
      {exported ? (
        <ActionLink href={`/audit/export?chain=${exported.chain}`} isFile>
          {exported.name}
        </ActionLink>
      ) : null}
    </div>
  );
}
