import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import type { Role } from "@/domain/roles";

/** The page of somebody whose role can't see names of users. */
export function NamesHidden({ title, role }: { title: string; role: Role }) {
  return (
    <>
      <PageHead title={title} />
      <Empty title="You can see how many seats are taken, but not by whom.">
        <p>The role {role} can't see user names.</p>
      </Empty>
    </>
  );
}
