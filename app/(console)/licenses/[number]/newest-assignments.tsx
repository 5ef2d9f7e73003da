import { Empty } from "@/components/empty";
import { rightOf } from "@/domain/roles";
import { listAssignments } from "@/server/assignment-list";
import { deploymentNames } from "@/server/deployment-names";
import type { Principal } from "@/server/gate";
import type { License } from "@/server/licenses";
import { firstPageOnBadCursor } from "../../paging";
import { AssignmentTable } from "./assignment-table";

type Parts = { who: Principal; license: License; limit: number; cursor?: string; now: Date };

/** Who holds the seats of a license, for those who may know it. */
export async function NewestAssignments({ who, license: { number, definition }, limit, cursor, now }: Parts) {
  if (rightOf(who.role, "assignments.read") !== "yes")
    return (
      <Empty title="You see how many seats are taken, not by whom.">
        <p>The role {who.role} does not include the names of people.</p>
      </Empty>
    );
  if (definition.allotments.every(({ usage }) => usage.class === "time"))
    return <Empty title="This license has no seats, only minutes. Nobody has to be assigned." />;
  const page = await firstPageOnBadCursor(cursor, (from) =>
    listAssignments(number, { limit, cursor: from }, now),
  );
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  return <AssignmentTable number={number} page={page} names={names} now={now} isFirst={!cursor} />;
}
