import type { Metadata } from "next";
import { seesSubjects, whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { searchUsers } from "@/server/users/user-search";
import { NamesHidden } from "./names-hidden";
import { UserList } from "./user-list";
import { PAGE, userPage } from "./user-rows";

export const metadata: Metadata = { title: "Users" };

/** The first page doesn't wait for names that are being read: the list fetches them when they are. */
const PATIENCE_MS = 300;

export default async function UsersPage() {
  const who = await allowedTo("licenses.read");
  if (!seesSubjects(who.role)) return <NamesHidden title="Users" role={who.role} />;
  const first = userPage(await searchUsers(who, { limit: PAGE, patience: PATIENCE_MS }));
  return <UserList first={first} why={whyNot(who, "assignments.write")} />;
}
