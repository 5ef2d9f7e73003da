import type { Metadata } from "next";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { LogUpload } from "./log-upload";

export const metadata: Metadata = { title: "Upload offline logs" };

/** The page where people upload the logs of deployments without a network. */
export default async function UploadLogsPage({ params }: NumberParams) {
  const { who, license } = await licenseOfPage({ params }, "deployments.read");
  return (
    <Section
      title="Upload offline logs"
      id="upload-logs"
      hint={<TextLink href={`/licenses/${license.number}/deployments/offline`}>All offline logs</TextLink>}
    >
      <LogUpload number={license.number} why={whyNot(who, "assignments.write")} />
    </Section>
  );
}
