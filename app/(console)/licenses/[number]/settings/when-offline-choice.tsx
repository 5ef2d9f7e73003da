import type { ReactNode } from "react";
import { WHEN_OFFLINE_LABELS } from "@/components/text/when-offline-labels";
import { WHEN_OFFLINE, type WhenOffline } from "@/domain/leases/bounded-definition";
import { SettingChoice } from "./setting-choice";

const SAID: Record<WhenOffline, string> = {
  optimistic: "Minutes are counted optimistically.",
  bounded: "Minutes are bounded: deployments reserve them.",
};
const CHOICES = WHEN_OFFLINE.map((value) => ({ value, ...WHEN_OFFLINE_LABELS[value], said: SAID[value] }));

type Props = {
  number: string;
  whenOffline: WhenOffline;
  why: string | null;
  /** Who would get no minutes of a bounded license. */
  children: ReactNode;
};

/** The choice of what deployments may use while they can't reach the server. */
export function WhenOfflineChoice({ whenOffline, ...props }: Props) {
  return (
    <SettingChoice
      {...props}
      field="whenOffline"
      label="When offline"
      value={whenOffline}
      choices={CHOICES}
    />
  );
}
