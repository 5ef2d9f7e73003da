import { FirstSteps } from "@/app/(console)/first-steps/first-steps";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { beginnings } from "@/server/overview/beginnings";
import { sampleFilling } from "@/server/sample/sample-filling";
import styles from "./empty-installation.module.css";
import { LoadSample } from "./load-sample";
import { SampleProgress } from "./sample-progress";

/** An installation without licenses: the first steps, below the offer of sample data or its progress. */
export async function EmptyInstallation({ who }: { who: Principal }) {
  const filling = sampleFilling();
  const begun = await beginnings(who);
  const why = whyNot(who, "sample.write");
  if (!begun) return filling ? <SampleProgress first={filling} why={why} /> : <NothingToSee />;
  return (
    <>
      <div className={styles.head}>
        {filling ? (
          <SampleProgress first={filling} why={why} />
        ) : (
          <>
            <h2 className={styles.title}>Welcome, {who.name.split(" ")[0]}. No licenses yet.</h2>
            <LoadSample why={why} />
          </>
        )}
      </div>
      <FirstSteps who={who} begun={begun} />
    </>
  );
}

function NothingToSee() {
  return (
    <div className={styles.box}>
      <p className={styles.title}>No licenses yet.</p>
      <p className={styles.text}>Owners and issuers create licenses. Those you can see will appear here.</p>
    </div>
  );
}
