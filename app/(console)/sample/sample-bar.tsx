import { IconFlask } from "@tabler/icons-react";
import { counted } from "@/components/numbers";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/gate";
import { sampleFilling } from "@/server/sample-filling";
import { type SampleHeld, sampleHeld } from "@/server/sample-removal";
import { RemoveSample } from "./remove-sample";
import styles from "./sample-bar.module.css";

/** Says on every page that some of what one sees is a sample, and leads out of it; nothing where there is none. */
export async function SampleBar({ who }: { who: Principal }) {
  const held = sampleFilling() ? null : await sampleHeld(who);
  if (!held) return null;
  return (
    <section aria-label="Sample data" className={styles.bar}>
      <IconFlask size={16} stroke={1.75} aria-hidden />
      <p className={styles.words}>
        <strong>Sample data</strong>
        <span className={styles.more}>: {inWords(held)} to look around in.</span>
      </p>
      <RemoveSample why={whyNot(who, "sample.write")} what={inWords(held)} ownNumbers={held.ownNumbers} />
    </section>
  );
}

function inWords({ customers, licenses }: SampleHeld): string {
  return `${counted(customers, "customer")} and ${counted(licenses, "license")}`;
}
