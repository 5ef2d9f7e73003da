import type { Metadata } from "next";
import { ActionLink } from "@/components/action-link";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { listCheckouts } from "@/server/checkouts";
import { licenseOfPage, type NumberParams } from "../../license-of-page";
import { CheckoutTable } from "./checkout-table";

export const metadata: Metadata = { title: "Signed definitions" };

/** What was issued for sites without a network. */
export default async function OfflinePage({ params }: NumberParams) {
  const { who, license, now } = await licenseOfPage({ params }, "checkouts.read");
  const path = `/licenses/${license.number}/deployments`;
  const checkouts = await listCheckouts(license.number, now);
  return (
    <Section
      title="Signed definitions"
      id="signed-definitions"
      hint={
        <>
          A site without a network works from such a file. <TextLink href={path}>All deployments</TextLink>
        </>
      }
      actions={<ActionLink href={`${path}/offline/new`}>Download signed definition</ActionLink>}
    >
      {checkouts.length > 0 ? (
        <CheckoutTable license={license} checkouts={checkouts} who={who} now={now} />
      ) : (
        <Empty title="No signed definition yet. Download one for a site that can't reach this server." />
      )}
    </Section>
  );
}
