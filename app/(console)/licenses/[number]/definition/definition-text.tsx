import type { ReactNode } from "react";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { overageText } from "@/components/text/allotment-labels";
import { usageText } from "@/components/text/definition-labels";
import { validityText } from "@/components/text/license-labels";
import { CallText } from "@/components/ui/call-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import type { DateStyle } from "@/domain/dates/date-style";
import type { Allotment, Definition, Parameter } from "@/domain/licenses/definition";
import styles from "./definition-text.module.css";
import { documentOf } from "./document-text";
import { definitionQuery } from "./search-params";
import { UnitsBar } from "./units-bar";

type Props = {
  number: string;
  definition: Definition;
  as: "form" | "json";
  /** Why the person can't change it. */
  why: string;
  now: Date;
};

/** The definition for people who may not change it: as text, or as JSON. */
export function DefinitionText({ number, definition, as, why, now }: Props) {
  const path = `/licenses/${number}/definition`;
  const json = documentOf(definition);
  return (
    <Section
      title="Definition"
      id="definition"
      hint={`You can't change this definition. ${why}`}
      actions={
        as === "json" ? (
          <>
            <TextLink href={path}>Show as text</TextLink>
            <CopyButton text={json}>Copy JSON</CopyButton>
          </>
        ) : (
          <TextLink href={definitionQuery(path, { as: "json" })}>Show as JSON</TextLink>
        )
      }
    >
      {as === "json" ? (
        <CallText label="Definition, JSON">{json}</CallText>
      ) : (
        <Terms definition={definition} now={now} />
      )}
    </Section>
  );
}

async function Terms({ definition, now }: { definition: Definition; now: Date }) {
  const { product, valid, trial, allotments, parameters } = definition;
  const dates = await dateStyle();
  return (
    <div className={styles.terms}>
      <Facts
        of={[
          ["Product", product],
          ["Valid (UTC)", validityText(valid, dates)],
          ["Trial", trial ? "yes" : "no"],
        ]}
      />
      {allotments.map((allotment) => (
        <AllotmentTerms key={allotment.name} of={allotment} now={now} />
      ))}
      {parameters.map((parameter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parameters may share a name, and the list is never changed
        <ParameterTerms key={index} of={parameter} dates={dates} />
      ))}
    </div>
  );
}

function AllotmentTerms({ of, now }: { of: Allotment; now: Date }) {
  const { name, usage, units, overage = 0, provisions, products } = of;
  return (
    <Part name={name} kind={usageText(usage)}>
      <UnitsBar units={units} now={now} />
      <Facts
        of={[
          ...(usage.class === "time" ? [["Overage", overageText(overage)] as const] : []),
          ["Access types", provisions.map(({ accessType }) => accessType).join(", ") || "none"],
          ["Products", products?.join(", ") ?? "all products"],
        ]}
      />
    </Part>
  );
}

function ParameterTerms({ of, dates }: { of: Parameter; dates: DateStyle }) {
  const { name, valid, values, access, products } = of;
  return (
    <Part name={name} kind="parameter">
      <Facts
        of={[
          ["Valid", validityText(valid, dates)],
          ["For", access?.allotment ?? "all allotments"],
          ["Products", products?.join(", ") ?? "all products"],
          ...(values ? [["Values", <code key="values">{JSON.stringify(values)}</code>] as const] : []),
        ]}
      />
    </Part>
  );
}

function Part({ name, kind, children }: { name: string; kind: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={name}>
      <div className={styles.head}>
        <h3>{name}</h3>
        <span>{kind}</span>
      </div>
      {children}
    </section>
  );
}

function Facts({ of }: { of: readonly (readonly [name: string, fact: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {of.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
