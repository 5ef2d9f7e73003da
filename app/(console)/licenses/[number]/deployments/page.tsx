import type { Metadata } from "next";
import { Section } from "@/components/section";
import { listDeployments } from "@/server/deployments";
import { firstPageOnBadCursor } from "../../../paging";
import { pageCursor, type SearchParams } from "../../search-params";
import { licenseOfPage, type NumberParams } from "../license-of-page";
import { DeploymentTable } from "./deployment-table";

export const metadata: Metadata = { title: "Deployments" };

const PAGE = 100;

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function DeploymentsPage({ params, searchParams }: Props) {
  const { license, now } = await licenseOfPage({ params }, "deployments.read");
  const cursor = pageCursor(await searchParams);
  const page = await firstPageOnBadCursor(cursor, (from) =>
    listDeployments(license.number, { limit: PAGE, cursor: from }),
  );
  return (
    <Section title="Deployments" id="deployments">
      <DeploymentTable number={license.number} page={page} now={now} isFirst={!cursor} />
    </Section>
  );
}
