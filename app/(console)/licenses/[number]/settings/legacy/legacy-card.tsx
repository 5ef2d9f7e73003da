import { When } from "@/components/text/when";
import { CopiedText } from "@/components/ui/copied-text";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { type ControlState, controlOf } from "@/server/legacy/control-numbers";
import { lefOfLicense, listRetrievals, type Retrieval } from "@/server/legacy/retrievals";
import { ControlActions } from "./control-actions";
import { LefText } from "./lef-text";
import styles from "./legacy.module.css";

type Props = { number: string; who: Principal; now: Date };

const SHOWN = 10;

/** The data that older products need: serial number, control number and LEF, and which products called with them. */
export async function LegacyCard({ number, who, now }: Props) {
  const [control, { lef, omitted }, retrievals] = await Promise.all([
    controlOf(number),
    lefOfLicense(number),
    listRetrievals(number, { limit: SHOWN }),
  ]);
  return (
    <Section
      title="Legacy"
      id="legacy"
      hint="For products that activate by serial and control number, or by a license file (LEF)."
    >
      <div className={styles.card}>
        <dl className={styles.numbers}>
          <dt>Serial number</dt>
          <dd>
            <CopiedText text={number} name="serial number" shown={formatLicenseNumber(number)} />
          </dd>
          <dt>Control number</dt>
          <dd>
            <ControlWords of={control} now={now} />
          </dd>
        </dl>
        <Warnings of={control} now={now} />
        <ControlActions
          number={number}
          state={control.state}
          isMigrated={control.closedFor === "migrated"}
          canUndo={control.undoUntil !== null && control.undoUntil > now}
          whyNotWrite={whyNot(who, "control.write")}
          whyNotReveal={whyNot(who, "control.reveal")}
        />
        <LefText lef={lef} number={number} />
        {omitted.length > 0 ? (
          <p className={styles.note}>
            A LEF can't carry {new Intl.ListFormat("en").format(omitted)}. Minutes, and allotments other than
            professional and analyzer, need a signed key.
          </p>
        ) : null}
        <Retrievals rows={retrievals.items} now={now} />
      </div>
    </Section>
  );
}

function ControlWords({ of: { state, created, closed, closedFor }, now }: { of: ControlState; now: Date }) {
  if (state === "none" || !created) return <>None. Create one for products that need it.</>;
  if (state === "open")
    return (
      <>
        In use since <When at={created} now={now} isNamed />
      </>
    );
  const word = closedFor === "migrated" ? "Closed by the migration" : "Revoked";
  return (
    <>
      {word} {closed ? <When at={closed} now={now} isNamed /> : null}
    </>
  );
}

/** Warnings about a control number that is easy to guess, or that somebody tries to guess. */
function Warnings({ of: { state, weak, guessed }, now }: { of: ControlState; now: Date }) {
  if (state !== "open") return null;
  return (
    <>
      {weak ? (
        <p className={styles.warning}>
          The control number has fewer than 8 characters, so it can be guessed. Rotate it.
        </p>
      ) : null}
      {guessed ? (
        <p className={styles.warning}>
          20 or more retrievals failed within a day, last <When at={guessed} now={now} />. Someone may be
          guessing: rotate the control number if no customer mistyped it.
        </p>
      ) : null}
    </>
  );
}

const COLUMNS = {
  at: { name: "Retrieved" },
  address: { name: "Address" },
  agent: { name: "User agent", priority: 2 },
} as const satisfies Record<string, Column>;

function Retrievals({ rows, now }: { rows: Retrieval[]; now: Date }) {
  if (rows.length === 0)
    return <p className={styles.note}>No product has retrieved the LEF in the last year.</p>;
  return (
    <Table caption="Last retrievals" columns={Object.values(COLUMNS)}>
      {rows.map(({ at, address, userAgent }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
        <tr key={`${at.getTime()}-${index}`}>
          <RowName>
            <When at={at} now={now} />
          </RowName>
          <Cell of={COLUMNS.address}>{address ?? "unknown"}</Cell>
          <Cell of={COLUMNS.agent}>{userAgent ?? "not sent"}</Cell>
        </tr>
      ))}
    </Table>
  );
}
