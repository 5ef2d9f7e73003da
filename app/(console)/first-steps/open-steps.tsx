import { cookies } from "next/headers";
import { PREFERENCES_COOKIE, readPreferences } from "@/components/shell/preferences";
import { Section } from "@/components/ui/section";
import type { Beginnings } from "@/domain/first-steps";
import type { Principal } from "@/server/access/gate";
import { beginnings } from "@/server/overview/beginnings";
import { FirstSteps } from "./first-steps";
import styles from "./first-steps.module.css";

/** How far this installation has got; null once a product has activated or somebody has hidden the steps. */
export async function openBeginnings(who: Principal): Promise<Beginnings | null> {
  const { firstSteps } = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const begun = firstSteps ? await beginnings(who) : null;
  return begun?.hasActivated ? null : begun;
}

/** The first steps on a page that has content already. */
export function OpenSteps({ who, begun }: { who: Principal; begun: Beginnings }) {
  return (
    <div className={styles.beside}>
      <Section title="First steps" id="first-steps">
        <FirstSteps who={who} begun={begun} canHide />
      </Section>
    </div>
  );
}
