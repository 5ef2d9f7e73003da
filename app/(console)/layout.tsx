import type { ReactNode } from "react";
import { Announcer } from "@/components/announcer";
import { ChangesProvider } from "@/components/changes";
import { Shell } from "@/components/shell";
import { principal } from "@/server/session";
import { signOutHere } from "./actions";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { name, role } = await principal();
  return (
    <Announcer>
      <ChangesProvider>
        <Shell person={{ name, role }} signOut={signOutHere}>
          {children}
        </Shell>
      </ChangesProvider>
    </Announcer>
  );
}
