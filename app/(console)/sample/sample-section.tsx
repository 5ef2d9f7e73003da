import { Section } from "@/components/ui/section";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { sampleFilling } from "@/server/sample/sample-filling";
import { findSample } from "@/server/sample/sample-removal";
import { LoadSample } from "./load-sample";
import { SampleProgress } from "./sample-progress";

/** Offers the sample data next to existing data; once loaded, says where to remove it. */
export async function SampleSection({ who }: { who: Principal }) {
  const filling = sampleFilling();
  const held = filling ? null : await findSample(who);
  const why = whyNot(who, "sample.write");
  return (
    <Section title="Sample data" id="sample-data">
      {filling ? <SampleProgress first={filling} why={why} /> : null}
      {held ? (
        <p>Sample data is loaded. To remove it, use Remove in the bar at the top of the page.</p>
      ) : null}
      {filling || held ? null : <LoadSample why={why} />}
    </Section>
  );
}
