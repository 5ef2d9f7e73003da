import { expect, test } from "vitest";
import { contactDays } from "@/domain/contact-days";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { contactLabel } from "./contact-labels";

const now = new Date("2026-08-14T10:00:00Z");
const told = (contacts: number, lastSeen = "2026-08-14T09:00:00Z") =>
  contactLabel(contactDays(contacts, new Date(lastSeen), now), DEFAULT_STYLE).replaceAll("\u00A0", " ");

test.each([
  ["each day", told(0b111_1111_1111_1111), "Called on 14 of the last 14 days."],
  ["a gap of two days", told(0b111_0011_1111_1111), "Called on 12 of the last 14 days; not on 3 to 4 Aug."],
  ["gaps", told(0b110_1111_0111_1101), "Called on 11 of the last 14 days; not on 2 Aug, 7 Aug, and 13 Aug."],
  ["its first day", told(0b11), "Called on 1 of the 1 day on record."],
  [
    "since its first day, but not today",
    told(0b1101, "2026-08-13T23:59:59Z"),
    "Called on 2 of the 4 days on record; not on 12 Aug, and not yet today.",
  ],
  [
    "silence over the end of a month",
    told(0b111_1111_1111_1111, "2026-07-30T12:00:00Z"),
    "Called on 0 of the last 14 days; not on 1 to 13 Aug, and not yet today.",
  ],
])("%s", (_, words, expected) => expect(words).toBe(expected));
