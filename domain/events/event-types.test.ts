import { expect, test } from "vitest";
import { cloudEvent } from "./cloud-event";
import { eventTypeName, parseEventType } from "./event-types";

test.each([
  ["key.issued", "key.issued"],
  ["io.signet.license.key.issued", "key.issued"],
  ["activation", "activation"],
  ["com.qlik.license.key.issued", null],
  ["key", null],
  ["toString", null],
  ["", null],
])("%j is read as %j", (text, type) => expect(parseEventType(text)).toBe(type));

test.each([
  [undefined, "io.signet.license.assignment.updated"],
  ["com.qlik.license.", "com.qlik.license.assignment.updated"],
])("with the prefix %j a type is sent as %j", (prefix, name) =>
  expect(eventTypeName("assignment.updated", prefix)).toBe(name),
);

const happened = {
  id: "0198d1f0-0000-7000-8000-000000000001",
  type: "assignment.updated" as const,
  time: new Date("2026-08-24T10:00:00Z"),
  license: "1111111111111111",
  data: { type: "analyzer" },
  subject: "acme\\bob",
};
const source = "https://signet.example";

test("an event is sent in the JSON format of CloudEvents 1.0", () => {
  expect(cloudEvent(happened, { source, showsSubject: true })).toEqual({
    specversion: "1.0",
    id: happened.id,
    source,
    type: "io.signet.license.assignment.updated",
    time: "2026-08-24T10:00:00.000Z",
    license: "1111111111111111",
    datacontenttype: "application/json",
    data: { type: "analyzer", subject: "acme\\bob" },
  });
});

test("a subject is left out for others, and so is the license of an event of the installation", () => {
  const event = cloudEvent({ ...happened, license: null }, { source, showsSubject: false, prefix: "com.x." });
  expect(event).toMatchObject({ type: "com.x.assignment.updated", data: { type: "analyzer" } });
  expect(JSON.stringify(event)).not.toMatch(/acme|"license"/);
});
