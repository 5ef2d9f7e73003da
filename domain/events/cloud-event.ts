import { EVENT_PREFIX, type EventType, eventTypeName } from "./event-types";

/** The members of an event's data, without the subject. */
export type EventData = Readonly<Record<string, unknown>>;

/** An event as it happened. `license` is null for events of the installation; `subject` if no user is concerned. */
export type HappenedEvent = {
  /** UUID version 7. */
  id: string;
  type: EventType;
  time: Date;
  license: string | null;
  data: EventData;
  subject: string | null;
};

/** An event in the JSON format of CloudEvents 1.0; `license` is an extension attribute. */
export type CloudEvent = {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  /** RFC 3339, in UTC. */
  time: string;
  license?: string;
  datacontenttype: "application/json";
  data: EventData;
};

/**
 * `source` is the installation's URL. The subject becomes a member of the data only for readers who may see it. The
 * type can be one that isn't in the list of events, such as that of a test.
 */
export function cloudEvent(
  { id, type, time, license, data, subject }: Omit<HappenedEvent, "type"> & { type: string },
  { source, showsSubject, prefix = EVENT_PREFIX }: { source: string; showsSubject: boolean; prefix?: string },
): CloudEvent {
  return {
    specversion: "1.0",
    id,
    source,
    type: eventTypeName(type, prefix),
    time: time.toISOString(),
    ...(license === null ? {} : { license }),
    datacontenttype: "application/json",
    data: showsSubject && subject !== null ? { ...data, subject } : data,
  };
}
