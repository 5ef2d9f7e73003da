import { count, counted } from "@/components/text/numbers";
import { Second } from "@/components/text/when";
import { TextLink } from "@/components/ui/text-link";
import type { ChainedEvent, PlacedEvent, ShownEvent } from "@/server/audit/log";
import type { EventNames } from "@/server/audit/names";
import type { Reversals } from "@/server/audit/reversals";
import styles from "./audit.module.css";
import { type FieldRow, fieldRows, shownLabel } from "./audit-labels";
import type { AuditParams } from "./search-params";

type Props = {
  /** `standsFor` is how many events the row in the list represents. */
  event: PlacedEvent & { standsFor: number };
  names: EventNames;
  reversals: Reversals;
  hrefOf: (change: Partial<AuditParams>) => string;
  /** Whether the list is filtered to the events of this change. */
  isWithin: boolean;
};

/**
 * The changes of an event field by field, and its position in the chain; for a group of events, what they have in
 * common.
 */
export function EventFacts({ event, names, reversals, hrefOf, isWithin }: Props) {
  const only = (change: Partial<AuditParams>) =>
    hrefOf({ within: null, ...change, open: null, cursor: null });
  const { standing } = event;
  const isOne = event.standsFor === 1;
  return (
    <>
      {isOne ? <Fields rows={fieldRows(event.details)} /> : null}
      <CompareLink event={event} />
      <dl className={styles.facts}>
        <dt>Time</dt>
        <dd>
          <Second at={event.at} isExact />
        </dd>
        <dt>Actor</dt>
        <dd>
          {names.who}
          {names.key && names.key !== names.who ? `, with ${names.key}` : null}{" "}
          <TextLink href={only({ actor: event.actor })}>Filter by this actor</TextLink>
        </dd>
        <dt>Object</dt>
        <dd>
          {names.on} {names.on === event.object || !isOne ? null : <code>{event.object}</code>}{" "}
          {isOne ? <TextLink href={only({ object: event.object })}>Filter by this object</TextLink> : null}
        </dd>
        {standing.standsFor > 1 ? (
          <>
            <dt>Part of one change</dt>
            <dd>
              {counted(standing.standsFor, "seat")}, each with its own event{" "}
              {isWithin ? null : (
                <TextLink href={only({ within: standing.id, object: "" })}>Show all events</TextLink>
              )}
            </dd>
          </>
        ) : null}
        <Reversal name="Reverses" of={reversals.reverses} hrefOf={hrefOf} />
        <Reversal name="Reversed by" of={reversals.reversedBy} hrefOf={hrefOf} />
        <dt>Address</dt>
        <dd>{event.address ?? "unknown"}</dd>
        <dt>Request</dt>
        <dd>{event.requestId ? <code>{event.requestId}</code> : "none"}</dd>
        <dt>Position in chain</dt>
        <dd>
          {isOne
            ? `Event ${count(event.sequence)}`
            : `Events ${count(event.sequence - event.standsFor + 1)} to ${count(event.sequence)}`}{" "}
          of {event.chain}
        </dd>
        {isOne ? <Hashes of={event} /> : null}
      </dl>
      {isOne ? (
        <details className={styles.json}>
          <summary>Details as JSON</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboard users must be able to scroll it */}
          <pre tabIndex={0}>{JSON.stringify(event.details, null, 2)}</pre>
        </details>
      ) : null}
    </>
  );
}

function Reversal({
  name,
  of: event,
  hrefOf,
}: { name: string; of: ShownEvent | null } & Pick<Props, "hrefOf">) {
  if (!event) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <TextLink href={hrefOf({ within: null, cursor: null, open: event.id })} scroll={false}>
          {`${shownLabel(event)}, event ${count(event.sequence)}`}
        </TextLink>
      </dd>
    </>
  );
}

function Hashes({ of: { before, hash } }: { of: ChainedEvent }) {
  return (
    <>
      <dt>Previous hash</dt>
      <dd>{before ? <code>{before}</code> : "none, this is the first event"}</dd>
      <dt>Hash</dt>
      <dd>
        <code>{hash}</code>
      </dd>
    </>
  );
}

function Fields({ rows }: { rows: FieldRow[] }) {
  if (rows.length === 0) return null;
  const isChange = rows.some(({ before }) => before !== null);
  return (
    <table className={styles.fields}>
      <caption>{isChange ? "Changes" : "Details"}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {isChange ? <th scope="col">Before</th> : null}
          <th scope="col">{isChange ? "After" : "Value"}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            {isChange ? <td>{before ?? "–"}</td> : null}
            <td>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A link to compare two versions of a definition: version numbers alone say nothing. */
function CompareLink({ event: { action, chain, details } }: { event: ChainedEvent }) {
  const isSaved = action === "definition.changed" || action === "definition.corrected";
  if (!isSaved || typeof details !== "object" || details === null) return null;
  const before: unknown = Reflect.get(details, "before");
  if (typeof before !== "string") return null;
  const href = `/licenses/${chain}/definition?${new URLSearchParams({ compare: before })}`;
  return <TextLink href={href}>Compare with the definition in force</TextLink>;
}
