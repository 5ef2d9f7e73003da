import { cookies } from "next/headers";
import { PREFERENCES_COOKIE, readPreferences } from "@/components/preferences";
import { Section } from "@/components/section";
import { beginnings } from "@/server/beginnings";
import type { Principal } from "@/server/gate";
import { FirstSteps } from "./first-steps";
import styles from "./first-steps.module.css";

/** The first steps above what there is already, until a product has activated or somebody hides them. */
export async function OpenSteps({ who }: { who: Principal }) {
  const { firstSteps } = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const begun = firstSteps ? await beginnings(who) : null;
  if (!begun || begun.hasActivated) return null;
  return (
    <div className={styles.above}>
      <Section title="First steps" id="first-steps">
        <FirstSteps who={who} begun={begun} canHide />
      </Section>
    </div>
  );
}
