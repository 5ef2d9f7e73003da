import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTimestamp } from "./timestamp";

test.each([
  ["2019-04-18T10:01:35.024031Z", "2019-04-18T10:01:35.024Z"],
  ["2019-04-18T10:01:35.024999999999999999999Z", "2019-04-18T10:01:35.024Z"],
  ["2019-04-18T10:01:35Z", "2019-04-18T10:01:35.000Z"],
  ["2019-04-18T10:01:35.5Z", "2019-04-18T10:01:35.500Z"],
  ["2019-04-18t10:01:35.02z", "2019-04-18T10:01:35.020Z"],
  ["2019-04-18T12:01:35+02:00", "2019-04-18T10:01:35.000Z"],
  ["2019-04-18T04:31:35.1-05:30", "2019-04-18T10:01:35.100Z"],
  ["2019-04-18T10:01:35-00:00", "2019-04-18T10:01:35.000Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
  ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"],
  ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ["1969-12-31T23:59:59-00:01", "1970-01-01T00:00:59.000Z"],
  ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60.000Z", "2017-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ["2017-01-01T00:59:60.5+01:00", "2017-01-01T00:00:00.500Z"],
])("%s is read as %s", (text, iso) => expect(parseTimestamp(text)?.toISOString()).toBe(iso));

test.each([
  "",
  "2019-04-18",
  "2019-04-18T10:01Z",
  "2019-04-18T10:01:35",
  "2019-04-18 10:01:35Z",
  " 2019-04-18T10:01:35Z",
  "2019-04-18T10:01:35Z\n",
  "2019-04-18T10:01:35.Z",
  "2019-04-18T10:01:35,5Z",
  "2019-04-18T10:01:35+0200",
  "2019-04-18T10:01:35+24:00",
  "2019-04-18T10:01:35+01:60",
  "2019-04-18T24:00:00Z",
  "2019-04-18T24:00:00.000Z",
  "2019-02-29T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "2019-04-18 10:01:35.024Z",
  "Thu Apr 18 2019 10:01:35",
  "2019-04-18T10:60:00Z",
  "2019-04-18T10:01:61Z",
  "2019-04-18T10:01:60Z",
  "2019-00-18T10:01:35Z",
  "2019-13-18T10:01:35Z",
  "2019-04-00T10:01:35Z",
  "2019-04-31T10:01:35Z",
  "2023-02-29T00:00:00Z",
  "2100-02-29T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "1970-01-01T00:00:00+00:01",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59-00:01",
  "+12019-04-18T10:01:35Z",
  "٢٠١٩-04-18T10:01:35Z",
  1555581695024,
  null,
  undefined,
  new Date(0),
  ["2019-04-18T10:01:35Z"],
])("%j is refused", (text) => expect(parseTimestamp(text)).toBeNull());

const moments = fc.date({
  min: new Date("1970-01-02T00:00:00Z"),
  max: new Date("9999-12-30T00:00:00Z"),
  noInvalidDate: true,
});

test("a moment reads the same at every offset", () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: -1439, max: 1439 }), (moment, offset) => {
      const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
      const zone = `${offset < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
      expect(parseTimestamp(local + zone)).toEqual(moment);
    }),
  );
});

test("adding a digit to milliseconds gives the same moment or the same refusal", () => {
  const part = (max: number, length = 2) =>
    fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, "0"));
  const days = fc.tuple(part(9999, 4), part(13), part(32)).map((parts) => parts.join("-"));
  const times = fc.tuple(part(24), part(60), part(61)).map((parts) => parts.join(":"));
  fc.assert(
    fc.property(days, times, part(999, 3), fc.constantFrom("T", "t", " "), (day, time, fraction, between) => {
      const text = `${day}${between}${time}.${fraction}`;
      expect(parseTimestamp(`${text}Z`)).toEqual(parseTimestamp(`${text}0Z`));
    }),
    { numRuns: 2000 },
  );
});
