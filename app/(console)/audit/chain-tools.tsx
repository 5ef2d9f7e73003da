import { ActionLink } from "@/components/action-link";
import styles from "./chain-tools.module.css";
import { Verify } from "./verify";

type Parts = {
  /** What is verified: one chain, or all in sight. */
  verified: string | null;
  /** Which chain the export has, and what it is called. */
  exported: { chain: string; name: string } | null;
};

/** What proves chains: verification here, and an export that is signed. */
export function ChainTools({ verified, exported }: Parts) {
  return (
    <div className={styles.tools}>
      <Verify chain={verified} />
      {exported ? (
        <ActionLink href={`/audit/export?chain=${exported.chain}`} isFile>
          {exported.name}
        </ActionLink>
      ) : null}
    </div>
  );
}
