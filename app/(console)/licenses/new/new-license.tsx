"use client";

import { Button, TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useState } from "react";
import { draftOf } from "@/app/(console)/_notes/notes-draft";
import { NotesFields } from "@/app/(console)/_notes/notes-fields";
import { DefinitionForm } from "@/app/(console)/licenses/[number]/definition/definition-form";
import { fieldMessagesOf, wrongAt } from "@/app/(console)/licenses/[number]/definition/field-paths";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import type { NamedTemplate } from "@/domain/licenses/license-template";
import { NO_NOTES } from "@/domain/licenses/notes";
import { CopySource } from "./copy-source";
import { CustomerSection } from "./customer-section";
import { LefSection } from "./lef-section";
import { LicenseSummary } from "./license-summary";
import { fillingFrom, lackingIn, type NewDraft } from "./new-draft";
import styles from "./new-license.module.css";
import { OfflineSection } from "./offline-section";
import { PeriodButtons } from "./period-buttons";
import { ProductsSection } from "./products-section";
import { RemoveTemplate } from "./remove-template";
import { SaveTemplate } from "./save-template";
import { COPY, FILE, type Source } from "./source";
import { TemplateSection } from "./template-section";
import { useFilling } from "./use-filling";
import { useMaking } from "./use-making";

type Props = {
  first: NewDraft;
  source: Source;
  customers: readonly string[];
  /** The products to choose from, and the one that is sold most. */
  products: readonly string[];
  usualProduct: string;
  templates: readonly NamedTemplate[];
  why: string | null;
  now: Date;
};

/** The form for a new license. */
export function NewLicense({ first, source: firstSource, customers, why, now, ...offered }: Props) {
  const [draft, setDraft] = useState(first);
  const [source, setSource] = useState(firstSource);
  const { filled, fill, undo } = useFilling(draft, setDraft);
  const { make, refused, isPending, isMade } = useMaking(draft);
  const isTyped = draft !== first && !isMade;
  useKeptDraft({ name: "license", draft: () => (isTyped ? draft : null), restore: setDraft });
  const isAlive = useMounted(); // text typed before hydration would be lost
  const places = fieldMessagesOf(refused);
  const change = (part: Partial<NewDraft>) => setDraft((before) => ({ ...before, ...part }));
  const [lacking] = lackingIn(draft);
  const own = offered.templates.find(({ id }) => id === source);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!why) make();
      }}
    >
      <LeaveGuard when={isTyped} what="The license hasn't been created yet." />
      <div className={styles.main}>
        <WrongFields after={refused} />
        <fieldset className={styles.whole} disabled={why !== null || isPending || !isAlive}>
          <legend className={styles.hidden}>The new license</legend>
          <Section title="Start from" id="start">
            <TemplateSection
              source={source}
              own={offered.templates}
              onSource={setSource}
              onTemplate={({ id, template }) => {
                setSource(id);
                fill(fillingFrom(template, offered.usualProduct, now));
              }}
            />
            {source === COPY ? (
              <CopySource
                onCopy={({ customer, number: _, notes: __, ...filling }) =>
                  fill(draft.customer.trim() ? filling : { ...filling, customer })
                }
              />
            ) : null}
            <LefSection
              number={draft.number}
              isShown={source === FILE}
              onRestore={() => setSource(FILE)}
              onUse={({ serial, definition }) => fill({ number: serial, definition, products: [] })}
            />
            <div className={styles.ways} role="status">
              {undo ? (
                <>
                  <span>The entitlements were replaced.</span>
                  <Button size="compact-sm" variant="default" onClick={undo}>
                    Undo
                  </Button>
                </>
              ) : null}
            </div>
            {own ? (
              <div className={styles.ways}>
                <RemoveTemplate template={own} />
              </div>
            ) : null}
          </Section>
          <Section title="Customer" id="customer">
            <CustomerSection {...{ customers, places, change }} customer={draft.customer} />
          </Section>
          <Section title="Entitlements" id="definition">
            <DefinitionForm
              key={filled}
              draft={{ definition: draft.definition, edit: (definition) => change({ definition }) }}
              places={places}
              base={EMPTY_BASE}
              now={now}
              products={offered.products}
              periods={
                <PeriodButtons
                  valid={draft.definition.valid}
                  now={now}
                  onChange={(valid) => change({ definition: { ...draft.definition, valid } })}
                />
              }
            />
          </Section>
          <Section title="Number and products" id="number">
            <TextInput
              className={styles.field}
              label="License number"
              description="16 digits. Leave it empty to get one assigned."
              inputMode="numeric"
              autoComplete="off"
              value={draft.number}
              onChange={({ currentTarget }) => change({ number: currentTarget.value })}
              error={places.get("/number")}
            />
            <ProductsSection draft={draft} places={places} change={change} />
            <OfflineSection draft={draft} change={change} />
          </Section>
          <Section title="Notes" id="notes" hint="Products and license admins never see them.">
            <NotesFields
              draft={draft.notes ?? draftOf(NO_NOTES)}
              errorAt={(pointer) => wrongAt(places, `/notes${pointer}`)}
              onChange={(notes) => change({ notes })}
            />
          </Section>
        </fieldset>
      </div>
      <section className={styles.side} aria-label="Summary">
        <LicenseSummary draft={draft} />
        {refused ? <Problem of={refused} /> : null}
        <ActionButton
          type="submit"
          why={why ?? (lacking ? `${lacking.words} first.` : null)}
          loading={isPending}
        >
          Create license
        </ActionButton>
        <SaveTemplate draft={draft} why={why} onSaved={setSource} />
      </section>
    </form>
  );
}

/** Nothing of a new license is in force yet, so every name and class can be chosen. */
const EMPTY_BASE = { product: "", valid: "", trial: false, allotments: [], parameters: [] };
