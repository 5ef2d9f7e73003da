import type { Metadata } from "next";
import { AssignmentList } from "@/app/(console)/licenses/[number]/assignments/_list/assignment-list";
import { licenseOfPage } from "@/app/(console)/licenses/[number]/license-of-page";
import { Empty } from "@/components/ui/empty";
import { ListSection } from "@/components/ui/list-section";
import { rightOf } from "@/domain/roles";

export const metadata: Metadata = { title: "Assignments" };

export default async function AssignmentsPage({
  params,
  searchParams,
}: PageProps<"/licenses/[number]/assignments">) {
  const { who, license, pools, now } = await licenseOfPage({ params }, "licenses.read");
  return (
    <ListSection title="Assignments" id="assignments">
      {rightOf(who.role, "assignments.read") !== "yes" ? (
        <Empty title="You can see how many seats are taken, but not by whom.">
          <p>The role {who.role} can't see user names.</p>
        </Empty>
      ) : pools.every((allotment) => allotment.class === "time") ? (
        <Empty title="This license has only minutes, no seats to assign." />
      ) : (
        <AssignmentList
          who={who}
          number={license.number}
          pools={pools}
          autoAssign={{
            professional: license.settings.autoAssignProfessional,
            analyzer: license.settings.autoAssignAnalyzer,
          }}
          address={await searchParams}
          now={now}
        />
      )}
    </ListSection>
  );
}
