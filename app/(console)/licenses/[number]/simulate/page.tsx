import type { Metadata } from "next";
import { Section } from "@/components/section";
import { whyNot } from "@/domain/roles";
import { licenseOfPage, type NumberParams } from "../license-of-page";
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
      hint="A throw-away copy of this license is called through the real protocol. No number of the license changes; the copy goes when you leave."
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
