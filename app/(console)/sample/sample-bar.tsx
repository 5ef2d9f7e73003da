import { IconFlask } from "@tabler/icons-react";
import { counted } from "@/components/text/numbers";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { hasOwnLicense } from "@/server/overview/beginnings";
import { sampleFilling } from "@/server/sample/sample-filling";
import { findSample, type SampleFound } from "@/server/sample/sample-removal";
import { RemoveSample } from "./remove-sample";
import styles from "./sample-bar.module.css";
import { SampleFilling } from "./sample-filling";

/**
 * A bar on every page that says that there is sample data and links to its removal, or shows its progress; nothing
 * without sample data. An installation with only sample data shows the progress in its pages instead.
 */
export async function SampleBar({ who }: { who: Principal }) {
  const filling = sampleFilling();
  if (filling) return (await hasOwnLicense(who)) ? <SampleFilling first={filling} /> : null;
  const held = await findSample(who);
  if (!held) return null;
  return (
    <section aria-label="Sample data" className={styles.bar}>
      <IconFlask size={16} stroke={1.75} aria-hidden />
      <p className={styles.words}>
        <strong>Sample data</strong>
        <span className={styles.more}>: {inWords(held)} to explore.</span>
      </p>
      <RemoveSample why={whyNot(who, "sample.write")} what={inWords(held)} ownNumbers={held.ownNumbers} />
    </section>
  );
}

function inWords({ customers, licenses }: SampleFound): string {
  return `${counted(customers, "customer")} and ${counted(licenses, "license")}`;
}
