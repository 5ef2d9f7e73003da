import {
  IconAntennaBarsOff,
  IconBan,
  IconCircleCheck,
  IconClockPause,
  IconCloudOff,
  IconCopy,
  IconHourglassEmpty,
  IconMailX,
  IconPlayerPause,
  IconStackPush,
  IconTrendingUp,
  IconUserOff,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { LicenseState } from "@/domain/licenses/license-state";
import styles from "./state-badge.module.css";

/** The states of a license or a deployment. `empty` is an allotment without units; `offline` is a normal state. */
export type BadgeState = LicenseState | "suspected" | "waiting" | "empty" | "offline";

const ICONS: Record<BadgeState, TablerIcon> = {
  revoked: IconBan,
  suspended: IconPlayerPause,
  expired: IconHourglassEmpty,
  exceeded: IconBan,
  excess: IconUserOff,
  overage: IconStackPush,
  rejected: IconMailX,
  near: IconTrendingUp,
  silent: IconAntennaBarsOff,
  within: IconCircleCheck,
  suspected: IconCopy,
  waiting: IconClockPause,
  empty: IconBan,
  offline: IconCloudOff,
};

/** A state as an icon and text in its color. */
export function StateBadge({ state, children }: { state: BadgeState; children: ReactNode }) {
  const Icon = ICONS[state];
  return (
    <span className={styles.badge} data-state={state}>
      <Icon size={15} stroke={2} aria-hidden />
      {children}
    </span>
  );
}
