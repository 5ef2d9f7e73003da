import type { Metadata } from "next";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { Section } from "@/components/ui/section";
import { whyNot } from "@/domain/roles";
import { Simulation } from "./simulation";

export const metadata: Metadata = { title: "Simulate" };

export default async function SimulatePage(props: NumberParams) {
  const { who, license } = await licenseOfPage(props, "licenses.simulate");
  const { number, products, definition } = license;
  const namesOf = (kind: "assigned" | "time") =>
    definition.allotments.filter(({ usage }) => usage.class === kind).map(({ name }) => name);
  return (
    <Section
      title="Simulate a deployment"
      id="simulate"
      hint="Calls a temporary copy of this license through the real protocol. The license itself doesn't change, and the copy is deleted when you leave."
    >
      <Simulation
        {...{ number, products }}
        seats={namesOf("assigned")}
        minutes={namesOf("time")}
        why={whyNot(who, "licenses.simulate")}
      />
    </Section>
  );
}
