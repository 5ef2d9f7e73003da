import type { ReactNode } from "react";
import { Announcer } from "@/components/announcer";
import { ChangesProvider } from "@/components/changes";
import { Shell } from "@/components/shell";
import { principal } from "@/server/session";
import { signOutHere } from "./actions";
import { FindButton } from "./find/find-button";

export default async function ConsoleLayout({ children, crumb }: { children: ReactNode; crumb: ReactNode }) {
  const { name, role } = await principal();
  return (
    <Announcer>
      <ChangesProvider>
        <Shell
          person={{ name, role }}
          signOut={signOutHere}
          crumb={crumb}
          finder={<FindButton role={role} />}
        >
          {children}
        </Shell>
      </ChangesProvider>
    </Announcer>
  );
}
