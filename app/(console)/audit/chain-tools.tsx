import { ActionLink } from "@/components/ui/action-link";
import type { Verified } from "@/server/audit/verification";
import styles from "./chain-tools.module.css";
import { LastVerified } from "./last-verified";
import { Verify } from "./verify";

type Props = {
  /** The chain to verify; null for all chains that the person may read. */
  chain: string | null;
  /** The result of the last verification. */
  last: Verified;
  now: Date;
  /** The chain to export, and its name. */
  exported: { chain: string; name: string } | null;
};

/** Verification of chains, and their signed export. */
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
