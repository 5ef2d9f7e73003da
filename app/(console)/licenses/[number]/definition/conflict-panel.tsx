"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { When } from "@/components/text/when";
import { ChangeTable } from "@/components/ui/change-table";
import { Problem } from "@/components/ui/problem";
import {
  type Choice,
  conflicts,
  definitionChanges,
  mergedDefinition,
} from "@/domain/licenses/definition-changes";
import type { InForce } from "./actions";
import styles from "./conflict-panel.module.css";
import type { DefinitionDraft } from "./use-definition-draft";

type Props = { draft: DefinitionDraft; theirs: InForce; onDone: () => void; now: Date };

/**
 * A conflict with somebody else's save: their changes, the person's own changes, and a choice where both changed the
 * same field.
 */
export function ConflictPanel({ draft: { base, definition, rebase }, theirs, onDone, now }: Props) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const mine = definitionChanges(base.definition, definition);
  const both = conflicts(base.definition, definition, theirs.definition);
  const take = (next: typeof definition) => {
    rebase({ definition: theirs.definition, version: theirs.version }, next);
    onDone();
  };
  const choose = (path: string, value: string) =>
    setChoices(new Map(choices).set(path, value === "theirs" ? "theirs" : "mine"));
  return (
    <section className={styles.panel} aria-label="Conflicting change">
      <Problem>
        The definition was not saved. {theirs.by ?? "Someone"} saved another version{" "}
        <When at={theirs.since} now={now} />. Compare the differences, reapply your changes, then save.
      </Problem>
      <div className={styles.sides}>
        <ChangeTable
          caption={`Theirs, ${theirs.version}`}
          changes={definitionChanges(base.definition, theirs.definition)}
          beforeName="Before"
          afterName="Theirs"
        />
        <ChangeTable
          caption="Yours, not saved"
          changes={mine}
          beforeName="Before"
          afterName="Yours"
          choice={({ path }) =>
            both.includes(path) ? (
              <SegmentedControl
                size="xs"
                aria-label={`Use for ${path}`}
                value={choices.get(path) ?? "mine"}
                onChange={(value) => choose(path, value)}
                data={[
                  { value: "mine", label: "Yours" },
                  { value: "theirs", label: "Theirs" },
                ]}
              />
            ) : (
              "Yours"
            )
          }
        />
      </div>
      <div className={styles.ways}>
        <Button variant="default" onClick={() => take(theirs.definition)}>
          Discard my changes
        </Button>
        <Button
          onClick={() => take(mergedDefinition(base.definition, definition, theirs.definition, choices))}
        >
          Reapply my changes
        </Button>
      </div>
    </section>
  );
}
