import type { Metadata } from "next";
import { issueDefinition } from "@/app/(console)/licenses/[number]/deployments/offline/actions";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { MAX_OFFLINE_DAYS } from "@/domain/offline/checkout";
import { whyNot } from "@/domain/roles";
import { acceptedProducts } from "@/server/dual-use/dual-use-requests";
import { CheckoutForm } from "./checkout-form";
import { freeShares } from "./free-shares";

export const metadata: Metadata = { title: "Download signed definition" };

export default async function NewCheckoutPage({ params }: NumberParams) {
  const { who, license, pools } = await licenseOfPage({ params }, "checkouts.read");
  const { number, products, settings, status } = license;
  const accepted = await acceptedProducts(number);
  return (
    <Section
      title="Download signed definition"
      id="new-checkout"
      hint={<TextLink href={`/licenses/${number}/deployments/offline`}>All signed definitions</TextLink>}
    >
      <CheckoutForm
        number={number}
        products={[...new Set([...products, ...accepted])]}
        days={Math.min(settings.offlineDays, MAX_OFFLINE_DAYS)}
        shares={freeShares(pools)}
        why={whyOf(status) ?? whyNot(who, "checkouts.write")}
        issue={issueDefinition.bind(null, number)}
      />
    </Section>
  );
}

function whyOf(status: string): string | null {
  return status === "active" ? null : `This license is ${status}: products can't use it.`;
}
