import { describe, expect, test } from "vitest";
import { eventCursorText, parseEventCursor, startAfter } from "./event-cursor";

const epoch = "0123456789ab";
const kept = { epoch, position: 90, oldest: 41 };
const empty = { epoch, position: 90, oldest: 91 };
const other = "ba9876543210";

describe("a reader goes on", () => {
  test.each([
    ["without a cursor at the oldest", null, kept, { position: 40, reset: false }],
    ["after its position", { epoch, position: 60 }, kept, { position: 60, reset: false }],
    ["at the end", { epoch, position: 90 }, kept, { position: 90, reset: false }],
    ["just before the oldest", { epoch, position: 40 }, kept, { position: 40, reset: false }],
    [
      "again if events after its position are gone",
      { epoch, position: 39 },
      kept,
      { position: 40, reset: true },
    ],
    [
      "again with a cursor of another epoch",
      { epoch: other, position: 60 },
      kept,
      { position: 40, reset: true },
    ],
    ["again behind the end", { epoch, position: 91 }, kept, { position: 40, reset: true }],
    ["at the end of no events", { epoch, position: 90 }, empty, { position: 90, reset: false }],
    ["again if all are gone", { epoch, position: 89 }, empty, { position: 90, reset: true }],
    ["at the beginning of no events", null, empty, { position: 90, reset: false }],
  ])("%s", (_, cursor, range, start) => expect(startAfter(cursor, range)).toEqual(start));
});

test("a cursor is read as it was written", () => {
  const cursor = { epoch, position: 123_456_789_012 };
  expect(parseEventCursor(eventCursorText(cursor))).toEqual(cursor);
});

test.each(["", "60", `${epoch}.`, `${epoch}.-1`, `${epoch}.1.1`, `${epoch}.1234567890123456`, "XYZ.1"])(
  "%j is no cursor",
  (text) => expect(parseEventCursor(text)).toBeNull(),
);
