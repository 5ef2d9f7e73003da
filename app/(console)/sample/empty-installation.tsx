import { TextLink } from "@/components/text-link";
import { type Reader, rightOf, whyNot } from "@/domain/roles";
import { sampleFilling } from "@/server/sample-filling";
import styles from "./empty-installation.module.css";
import { SampleButton } from "./sample-button";
import { SampleProgress } from "./sample-progress";

/** Where no license is yet: the two ways to get one, or how far the sample is. */
export function EmptyInstallation({ who }: { who: Reader }) {
  const filling = sampleFilling();
  if (filling) return <SampleProgress first={filling} />;
  if (rightOf(who.role, "licenses.write") !== "yes")
    return (
      <div className={styles.box}>
        <p className={styles.title}>No license yet.</p>
        <p className={styles.text}>Owners and issuers create them. What you may see will be here.</p>
      </div>
    );
  return (
    <div className={styles.box}>
      <p className={styles.title}>No license yet. Create the first, or load sample data.</p>
      <p className={styles.text}>
        A license says what a customer bought. The sample is three customers with ten licenses and a year of
        use, to look around in; it is for an installation without customers.
      </p>
      <div className={styles.ways}>
        <TextLink href="/licenses/new">Create the first license</TextLink>
        <SampleButton why={whyNot(who, "sample.fill")} />
      </div>
    </div>
  );
}
