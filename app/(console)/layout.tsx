import type { ReactNode } from "react";
import { signOutHere, stayHere } from "@/app/(console)/_lib/actions";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { NewBuild } from "@/app/(console)/_lib/new-build";
import { SeenBar } from "@/app/(console)/_lib/seen-bar";
import { encryptHere, openHere, undoOnLicense } from "@/app/(console)/_lib/undo";
import { Bell } from "@/app/(console)/attention/bell";
import { FindButton } from "@/app/(console)/find/find-button";
import { SampleBar } from "@/app/(console)/sample/sample-bar";
import { SessionWatch } from "@/app/(console)/session/session-watch";
import { GlobalKeys } from "@/app/(console)/shortcuts/global-keys";
import { undoReleaseUser } from "@/app/(console)/users/actions";
import { DraftsOf } from "@/components/forms/use-kept-draft";
import { Announcer } from "@/components/shell/announcer";
import { ChangesProvider } from "@/components/shell/changes";
import { DateStyleProvider } from "@/components/shell/date-style-provider";
import { LiveWatch } from "@/components/shell/live-watch";
import { PageAhead } from "@/components/shell/page-ahead";
import { Shell } from "@/components/shell/shell";
import { UTC } from "@/domain/dates/zone";
import { ownDateStyle, principal, remainingSession } from "@/server/identity/session";
import { env } from "@/server/store/env";

export default async function ConsoleLayout({ children, crumb }: { children: ReactNode; crumb: ReactNode }) {
  const who = await principal();
  const { id, name, role } = who;
  const left = await remainingSession(new Date());
  const ownZone = (await ownDateStyle())?.style.zone ?? UTC;
  return (
    <DateStyleProvider dates={await dateStyle()} ownZone={ownZone}>
      <Announcer>
        <LiveWatch>
          <ChangesProvider
            takeBack={undoOnLicense}
            takeBackEverywhere={undoReleaseUser}
            seal={encryptHere}
            open={openHere}
          >
            <Shell
              person={{ name, role }}
              host={new URL(env().PUBLIC_URL).host}
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
    </DateStyleProvider>
  );
}
