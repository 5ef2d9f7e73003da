import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { PageHead } from "@/components/shell/page-head";
import { rightOf } from "@/domain/roles";
import { lastVerifiedInSight } from "@/server/audit/verification";
import { allowedTo } from "@/server/identity/session";
import { INSTALLATION } from "@/server/secrets/data-keys";
import styles from "./audit.module.css";
import { AuditList } from "./audit-list";
import { ChainTools } from "./chain-tools";
import { LateCheckpoint } from "./late-checkpoint";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("audit.read");
  const readsInstallation = rightOf(who.role, "installation-audit.read") === "yes";
  return (
    <>
      <PageHead title="Audit" />
      <div className={styles.page}>
        {readsInstallation ? <LateCheckpoint now={new Date()} /> : null}
        <AuditList
          who={who}
          path="/audit"
          address={await searchParams}
          tools={
            <ChainTools
              chain={null}
              last={await lastVerifiedInSight(who)}
              now={new Date()}
              exported={
                readsInstallation ? { chain: INSTALLATION, name: "Signed export of the installation" } : null
              }
            />
          }
        />
      </div>
    </>
  );
}
