"use client";

import type { ReactNode } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { changedField, changedValue } from "@/components/text/definition-labels";
import type { DefinitionChange } from "@/domain/licenses/definition-changes";
import styles from "./change-table.module.css";

type Props = {
  caption: string;
  changes: readonly DefinitionChange[];
  beforeName: string;
  afterName: string;
  /** The choice that a row offers. */
  choice?: (change: DefinitionChange) => ReactNode;
};

/** The differing fields of two definitions, side by side. */
export function ChangeTable({ caption, changes, beforeName, afterName, choice }: Props) {
  const dates = useDateStyle();
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{beforeName}</th>
          <th scope="col">{afterName}</th>
          {choice ? <th scope="col">Keep</th> : null}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path}>
            <th scope="row">{changedField(change)}</th>
            <td data-label={beforeName}>{changedValue(change, change.before, dates)}</td>
            <td data-label={afterName}>{changedValue(change, change.after, dates)}</td>
            {choice ? <td>{choice(change)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
