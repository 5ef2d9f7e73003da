import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import { rightOf, whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { searchUsers } from "@/server/users/user-search";
import { UserList } from "./user-list";
import { PAGE, userPage } from "./user-rows";

export const metadata: Metadata = { title: "Users" };

/** The first page doesn't wait for names that are being read: the list fetches them when they are. */
const PATIENCE_MS = 300;

export default async function UsersPage() {
  const who = await allowedTo("licenses.read");
  if (rightOf(who.role, "assignments.read") !== "yes")
    return (
      <>
        <PageHead title="Users" />
        <Empty title="You can see how many seats are taken, but not by whom.">
          <p>The role {who.role} can't see user names.</p>
        </Empty>
      </>
    );
  const first = userPage(await searchUsers(who, { limit: PAGE, patience: PATIENCE_MS }));
  return <UserList first={first} why={whyNot(who, "assignments.write")} />;
}
