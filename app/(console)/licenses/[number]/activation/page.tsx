import type { Metadata } from "next";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { CallText } from "@/components/ui/call-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { previewReply } from "@/server/deployments/reply-preview";

export const metadata: Metadata = { title: "Activation response" };

/** The activation response that a product would get now, without the signed definition. */
export default async function ActivationPage(props: NumberParams) {
  const { license, now } = await licenseOfPage(props, "usage.read");
  const { number, product, status } = license;
  const back = <TextLink href={`/licenses/${number}`}>Back to overview</TextLink>;
  if (status !== "active")
    return (
      <Section title="Activation response" id="activation" actions={back}>
        <Empty
          title={`Every call is refused: ${status === "revoked" ? "LICENSE_REVOKED" : "LICENSE_SUSPENDED"}.`}
        />
      </Section>
    );
  const reply = JSON.stringify(await previewReply(number, product, now), null, 2);
  return (
    <Section
      title="Activation response"
      id="activation"
      hint={`What ${product} would receive now, without the signed definition.`}
      actions={
        <>
          {back}
          <CopyButton text={reply}>Copy JSON</CopyButton>
        </>
      }
    >
      <CallText label="Activation response, JSON">{reply}</CallText>
    </Section>
  );
}
