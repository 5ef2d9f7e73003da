"use client";

import { Button } from "@mantine/core";
import { downloadText } from "@/components/ui/download-text";
import styles from "./file-columns.module.css";

const COLUMNS: readonly [name: string, about: string][] = [
  ["customer", "An existing customer, or the name of a new one"],
  ["template", "Professional + Analyzer, Capacity, Trial, or one of your own"],
  ["product", "Default: the template's, else the one you sell most"],
  ["number", "16 digits. Default: assigned"],
  ["professional, analyzer", "Seats"],
  ["minutes", "Minutes of analyzer_time a month"],
  ["overage", "Minutes beyond the quota, no cap or none"],
  ["from, until", "2026-12-31 or 31.12.2026. Default: today, for the length of the template or one year"],
  ["trial", "yes or no"],
  ["contract, contact, notes", "What you note about the license"],
  ["meta:NAME", "A field of its metadata, such as meta:crm"],
];

const EXAMPLE = `customer,template,professional,analyzer,minutes,overage,from,until
Acme,Professional + Analyzer,10,40,,,,
Contoso,Capacity,,,6000,600,2027-01-01,2027-12-31
Wingtip,Trial,,,,,,
`;

/** What the columns of the file mean, folded, and a file to begin with. */
export function FileColumns() {
  return (
    <details className={styles.columns}>
      <summary>Columns</summary>
      <dl>
        {COLUMNS.map(([name, about]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      <Button size="xs" variant="default" onClick={() => downloadText(EXAMPLE, "licenses.csv")}>
        Download an example
      </Button>
    </details>
  );
}
