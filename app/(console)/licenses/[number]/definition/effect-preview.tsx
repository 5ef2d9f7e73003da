"use client";

import { useId, useState } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { allotmentEffectText, excessText, statusLabel } from "@/components/text/effect-labels";
import { count } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { ChangeTable } from "@/components/ui/change-table";
import { StateBadge } from "@/components/ui/state-badge";
import { dayText, secondsText } from "@/domain/dates/date-style";
import { zoneName } from "@/domain/dates/zone";
import type { Definition } from "@/domain/licenses/definition";
import type { AllotmentEffect } from "@/domain/licenses/definition-effects";
import { monthOf } from "@/domain/month";
import type { Preview } from "./actions";
import styles from "./effect-preview.module.css";
import { OpenPromises } from "./open-promises";
import type { DefinitionDraft } from "./use-definition-draft";

type Props = { draft: DefinitionDraft; now: Date };

/** The effects of saving the document, as the server computed them. */
export function EffectPreview({ draft: { told, isChanged, changes, textFault, base }, now }: Props) {
  const heading = useId();
  const dates = useDateStyle();
  const refused = isChanged && !textFault && told && !told.ok ? told.refused : null;
  return (
    <section className={styles.preview} aria-labelledby={heading}>
      <div className={styles.head}>
        <h3 id={heading}>Effect of this change</h3>
        {told?.ok ? (
          <span>
            checked {secondsText(told.did.checked, dates)} {zoneName(dates.zone)}
          </span>
        ) : null}
      </div>
      <div aria-live="polite" className={styles.told}>
        <Told {...{ told, isChanged, textFault, base, now }} />
      </div>
      {refused ? <RefusalMarks of={refused} /> : null}
      {changes.length > 0 ? (
        <ChangeTable
          caption={`Compared with ${base.version}`}
          changes={changes}
          beforeName="In force"
          afterName="Yours"
        />
      ) : null}
    </section>
  );
}

function Told({
  told,
  isChanged,
  textFault,
  base,
  now,
}: Pick<DefinitionDraft, "told" | "isChanged" | "textFault" | "base"> & { now: Date }) {
  if (textFault) return <p className={styles.wrong}>{`Line ${textFault.line}: ${textFault.sentence}`}</p>;
  if (!isChanged)
    return <p>Nothing has changed yet. The effect of a change appears here before you save it.</p>;
  if (!told) return <p>Checking usage…</p>;
  if (!told.ok) return <Refusal of={told.refused} />;
  return <Effects of={told.did} definition={base.definition} now={now} />;
}

function Refusal({
  of: { sentence, faults = [] },
}: {
  of: { sentence: string; faults?: { pointer: string; sentence: string }[] };
}) {
  return (
    <>
      <p className={styles.wrong}>{sentence}</p>
      <ul className={styles.list}>
        {faults.map(({ pointer, sentence: why }) => (
          <li key={pointer}>
            <code>{pointer}</code> {why}
          </li>
        ))}
      </ul>
    </>
  );
}

function Effects({ of: preview, definition, now }: { of: Preview; definition: Definition; now: Date }) {
  const dates = useDateStyle();
  const { effects, losing, toldUntil, promises } = preview;
  const month = monthText(monthOf(now));
  const standing = statusLabel(effects.standing);
  const isQuiet = effects.pools.length === 0 && !standing;
  return (
    <>
      {isQuiet ? <p>No current users are affected.</p> : null}
      {standing ? <p>{standing}</p> : null}
      <ul className={styles.list}>
        {effects.pools.map((pool) => (
          <li key={pool.name}>
            {allotmentEffectText(pool, month)}
            <Losing
              pool={pool}
              subjects={losing?.find(({ allotment }) => allotment === pool.name)?.subjects}
            />
          </li>
        ))}
      </ul>
      <p>
        Products pick this up within 24 hours.
        {toldUntil && toldUntil > now
          ? ` Offline products keep the old terms until ${dayText(toldUntil, dates)} at most.`
          : null}
      </p>
      <OpenPromises promises={promises} definition={definition} />
    </>
  );
}

const FIRST_NAMES = 2;

function Losing({ pool, subjects }: { pool: AllotmentEffect; subjects?: string[] }) {
  const [isWhole, setWhole] = useState(false);
  const words = excessText(pool);
  if (!words) return null;
  const names = subjects?.slice(0, isWhole ? undefined : FIRST_NAMES) ?? [];
  const rest = (subjects?.length ?? 0) - names.length;
  return (
    <div className={styles.losing}>
      <StateBadge state="excess">{words}</StateBadge>
      {names.length > 0 ? (
        <p>
          {"The newest lose access: "}
          {names.map((name, index) => (
            <span key={name}>
              {index > 0 ? ", " : null}
              <bdi>{name}</bdi>
            </span>
          ))}
          {rest > 0 ? (
            <>
              {", "}
              <button type="button" className={styles.more} onClick={() => setWhole(true)}>
                {count(rest)} more
              </button>
            </>
          ) : null}
        </p>
      ) : null}
      <p>Their seats are kept, without access until units are free.</p>
    </div>
  );
}
