"use client";

import { useMounted } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { untilLoaded } from "@/components/shell/until-loaded";
import { Dialog } from "@/components/ui/dialog";
import { useChangeDialog } from "./change-params";

const RaiseForm = dynamic(
  untilLoaded(() => import("./raise-form").then((module) => module.RaiseForm)),
  { ssr: false },
);
const RenewForm = dynamic(
  untilLoaded(() => import("./renew-form").then((module) => module.RenewForm)),
  { ssr: false },
);

/** The dialogs that change what was bought, on every page of a license; the URL opens them. */
export function ChangeDialogs({ number, now }: { number: string; now: Date }) {
  const { raise, renew, close } = useChangeDialog();
  const isMounted = useMounted();
  return (
    <>
      <Dialog opened={isMounted && raise !== null} onClose={close} title="Raise units" size="lg">
        <RaiseForm {...{ number, now, close }} allotment={raise ?? ""} />
      </Dialog>
      <Dialog opened={isMounted && renew} onClose={close} title="Renew license" size="lg">
        <RenewForm {...{ number, now, close }} />
      </Dialog>
    </>
  );
}
