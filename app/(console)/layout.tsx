import type { ReactNode } from "react";
import { Shell } from "@/components/shell";
import { principal } from "@/server/session";
import { signOutHere } from "./actions";

type Slots = { children: ReactNode; crumb: ReactNode };

export default async function ConsoleLayout({ children, crumb }: Slots) {
  const { name, role } = await principal();
  return (
    <Shell crumb={crumb} person={{ name, role }} signOut={signOutHere}>
      {children}
    </Shell>
  );
}
