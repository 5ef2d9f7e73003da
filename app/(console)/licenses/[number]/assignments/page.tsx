import type { Metadata } from "next";
import { Section } from "@/components/section";
import { pageCursor, type SearchParams } from "../../search-params";
import { licenseOfPage, type NumberParams } from "../license-of-page";
import { AssignmentList } from "./assignment-list";

export const metadata: Metadata = { title: "Assignments" };

const PAGE = 100;

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function AssignmentsPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "licenses.read");
  const cursor = pageCursor(await searchParams);
  return (
    <Section title="Assignments" id="assignments">
      <AssignmentList who={who} license={license} limit={PAGE} cursor={cursor} now={now} />
    </Section>
  );
}
