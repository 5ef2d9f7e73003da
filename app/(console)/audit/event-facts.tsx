import { TextLink } from "@/components/text-link";
import type { ChainedEvent } from "@/server/audit-log";
import type { EventNames } from "@/server/audit-names";
import styles from "./audit.module.css";
import { type FieldRow, fieldRows } from "./audit-words";
import type { AuditParams } from "./search-params";

type Parts = {
  event: ChainedEvent;
  names: EventNames;
  hrefOf: (change: Partial<AuditParams>) => string;
};

/** What an event changed, field by field, and where it stands in its chain. */
export function EventFacts({ event, names, hrefOf }: Parts) {
  const only = (change: Partial<AuditParams>) => hrefOf({ ...change, open: null, cursor: null });
  return (
    <>
      <Fields rows={fieldRows(event.details)} />
      <CompareLink event={event} />
      <dl className={styles.facts}>
        <dt>When</dt>
        <dd>{event.at.toISOString()}</dd>
        <dt>Who</dt>
        <dd>
          {names.who}
          {names.key && names.key !== names.who ? `, with ${names.key}` : null}{" "}
          <TextLink href={only({ actor: event.actor })}>Only this one</TextLink>
        </dd>
        <dt>On</dt>
        <dd>
          {names.on} {names.on === event.object ? null : <code>{event.object}</code>}{" "}
          <TextLink href={only({ object: event.object })}>Only this</TextLink>
        </dd>
        <dt>From</dt>
        <dd>{event.address ?? "unknown"}</dd>
        <dt>Request</dt>
        <dd>{event.requestId ? <code>{event.requestId}</code> : "none"}</dd>
        <dt>Place in the chain</dt>
        <dd>
          Event {event.sequence} of {event.chain}
        </dd>
        <dt>Hash before it</dt>
        <dd>{event.before ? <code>{event.before}</code> : "none, it is the first"}</dd>
        <dt>Its hash</dt>
        <dd>
          <code>{event.hash}</code>
        </dd>
      </dl>
      <details className={styles.json}>
        <summary>Facts as JSON</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and who has no pointer scrolls it too. */}
        <pre tabIndex={0}>{JSON.stringify(event.details, null, 2)}</pre>
      </details>
    </>
  );
}

function Fields({ rows }: { rows: FieldRow[] }) {
  if (rows.length === 0) return null;
  const isChange = rows.some(({ before }) => before !== null);
  return (
    <table className={styles.fields}>
      <caption>{isChange ? "What it changed" : "Facts"}</caption>
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

/** The versions of a definition say nothing by themselves: its page has both beside each other. */
function CompareLink({ event: { action, chain, details } }: { event: ChainedEvent }) {
  if (action !== "definition.changed" || typeof details !== "object" || details === null) return null;
  const before: unknown = Reflect.get(details, "before");
  if (typeof before !== "string") return null;
  const href = `/licenses/${chain}/definition?${new URLSearchParams({ compare: before })}`;
  return <TextLink href={href}>Compare with the definition in force</TextLink>;
}
