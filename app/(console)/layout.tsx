import type { ReactNode } from "react";
import { Shell } from "@/components/shell";
import { principal } from "@/server/session";
import { signOutHere } from "./actions";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { name, role } = await principal();
  return (
    <Shell person={{ name, role }} signOut={signOutHere}>
      {children}
    </Shell>
  );
}
