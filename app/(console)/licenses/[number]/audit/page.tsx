import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { AuditList } from "@/app/(console)/audit/audit-list";
import { ChainTools } from "@/app/(console)/audit/chain-tools";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { ListSection } from "@/components/ui/list-section";
import { lastVerified } from "@/server/audit/verification";

export const metadata: Metadata = { title: "Audit" };

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function LicenseAuditPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "audit.read");
  const { number } = license;
  const path = `/licenses/${number}/audit`;
  return (
    <ListSection title="Audit" id="audit">
      <AuditList
        who={who}
        path={path}
        address={await searchParams}
        chain={number}
        tools={
          <ChainTools
            chain={number}
            last={await lastVerified(number)}
            now={now}
            exported={{ chain: number, name: "Signed export" }}
          />
        }
      />
    </ListSection>
  );
}
