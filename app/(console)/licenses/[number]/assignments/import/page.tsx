import type { Metadata } from "next";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { rightOf, whyNot } from "@/domain/roles";
import { ImportWork } from "./import-work";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: NumberParams) {
  const { who, license, pools } = await licenseOfPage({ params }, "licenses.read");
  const { number } = license;
  const seats = pools.flatMap((allotment) =>
    allotment.class === "assigned" && !allotment.isDropped ? seatsOf(allotment) : [],
  );
  return (
    <Section
      title="Import assignments"
      id="import"
      hint={<TextLink href={`/licenses/${number}/assignments`}>All assignments of this license</TextLink>}
    >
      {rightOf(who.role, "assignments.read") !== "yes" ? (
        <Empty title="You can see how many seats are taken, but not by whom.">
          <p>The role {who.role} can't see user names.</p>
        </Empty>
      ) : seats.length === 0 ? (
        <Empty title="This license has only minutes, no seats to assign." />
      ) : (
        <ImportWork number={number} seats={seats} why={whyNot(who, "assignments.write")} />
      )}
    </Section>
  );
}

function seatsOf({ name, units }: LicenseAllotment & { class: "assigned" }) {
  return { name, units };
}
