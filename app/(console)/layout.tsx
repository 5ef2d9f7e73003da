import type { ReactNode } from "react";
import { Announcer } from "@/components/announcer";
import { ChangesProvider } from "@/components/changes";
import { LiveWatch } from "@/components/live-watch";
import { PageAhead } from "@/components/page-ahead";
import { Shell } from "@/components/shell";
import { DraftsOf } from "@/components/use-kept-draft";
import { principal, sessionLeft } from "@/server/session";
import { signOutHere, stayHere } from "./actions";
import { Bell } from "./attention/bell";
import { FindButton } from "./find/find-button";
import { NewBuild } from "./new-build";
import { SampleBar } from "./sample/sample-bar";
import { SeenBar } from "./seen-bar";
import { SessionWatch } from "./session/session-watch";
import { GlobalKeys } from "./shortcuts/global-keys";
import { openHere, sealHere, undoOnLicense } from "./undo";

export default async function ConsoleLayout({ children, crumb }: { children: ReactNode; crumb: ReactNode }) {
  const who = await principal();
  const { id, name, role } = who;
  const left = await sessionLeft(new Date());
  return (
    <Announcer>
      <LiveWatch>
        <ChangesProvider takeBack={undoOnLicense} seal={sealHere} open={openHere}>
          <Shell
            person={{ name, role }}
            signOut={signOutHere}
            crumb={crumb}
            finder={<FindButton role={role} />}
            bell={<Bell />}
            notice={
              <>
                {who.seenBy ? <SeenBar person={who} until={who.seenBy.until} /> : null}
                <NewBuild />
              </>
            }
            ribbon={<SampleBar who={who} />}
          >
            <DraftsOf person={id}>
              <PageAhead>{children}</PageAhead>
            </DraftsOf>
          </Shell>
          <GlobalKeys role={role} />
          <SessionWatch left={left ?? 0} stay={stayHere} />
        </ChangesProvider>
      </LiveWatch>
    </Announcer>
  );
}
