import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { rightOf, whyNot } from "@/domain/roles";
import { Exemptions } from "./exemptions";
import { RuleList } from "./rule-list";
import { RunSeats } from "./run-seats";
import { Runs } from "./runs";

export const metadata: Metadata = { title: "Reclaim" };

const loadParams = createLoader({ run: parseAsString, runs: parseAsString });

type Props = NumberParams & { searchParams: Promise<SearchParams> };

/** The rules that release unused seats, their runs, and the users whose seats are never released. */
export default async function ReclaimPage(props: Props) {
  const { who, license, now } = await licenseOfPage(props, "licenses.read");
  const { number } = license;
  if (rightOf(who.role, "assignments.read") !== "yes")
    return (
      <Section title="Reclaim" id="reclaim">
        <Empty title="You can see how many seats are taken, but not by whom.">
          <p>The role {who.role} can't see user names.</p>
        </Empty>
      </Section>
    );
  const { run, runs: trail } = await loadParams(props.searchParams);
  const why = whyNot(who, "assignments.write");
  return (
    <>
      <RuleList number={number} why={why} now={now} />
      <Runs number={number} trail={trail} open={run} why={why} now={now} />
      {run ? <RunSeats number={number} id={run} trail={trail} /> : null}
      <Exemptions number={number} why={why} />
    </>
  );
}
