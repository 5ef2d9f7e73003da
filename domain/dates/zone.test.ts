import { expect, test } from "vitest";
import { inZone, isZone, offsetText, parseZone, zoneName, zones } from "./zone";

test.each<[string, string, string, number]>([
  ["2026-08-31T23:03:07.500Z", "UTC", "2026-08-31 23:03:07", 0],
  // Clocks are put forward: there is no 02:30.
  ["2026-03-29T00:59:59.999Z", "Europe/Berlin", "2026-03-29 01:59:59", 60],
  ["2026-03-29T01:00:00.000Z", "Europe/Berlin", "2026-03-29 03:00:00", 120],
  // Clocks are put back: 02:30 comes twice.
  ["2026-10-25T00:30:00.000Z", "Europe/Berlin", "2026-10-25 02:30:00", 120],
  ["2026-10-25T01:30:00.000Z", "Europe/Berlin", "2026-10-25 02:30:00", 60],
  ["2026-03-08T06:59:59.000Z", "America/New_York", "2026-03-08 01:59:59", -300],
  ["2026-03-08T07:00:00.000Z", "America/New_York", "2026-03-08 03:00:00", -240],
  // Half an hour, three quarters, and summer time of half an hour.
  ["2026-08-31T18:30:00.000Z", "Asia/Kolkata", "2026-09-01 00:00:00", 330],
  ["2026-08-31T18:14:59.000Z", "Asia/Kathmandu", "2026-08-31 23:59:59", 345],
  ["2026-04-04T14:59:59.000Z", "Australia/Lord_Howe", "2026-04-05 01:59:59", 660],
  ["2026-04-04T15:00:00.000Z", "Australia/Lord_Howe", "2026-04-05 01:30:00", 630],
  ["2026-01-15T12:00:00.000Z", "America/St_Johns", "2026-01-15 08:30:00", -210],
  // Years begin over 26 hours.
  ["2026-12-31T10:00:00.000Z", "Pacific/Kiritimati", "2027-01-01 00:00:00", 840],
  ["2027-01-01T10:59:59.000Z", "Pacific/Pago_Pago", "2026-12-31 23:59:59", -660],
  ["2028-02-29T23:30:00.000Z", "Europe/Paris", "2028-03-01 00:30:00", 60],
  // A day that Samoa left out.
  ["2011-12-30T09:59:59.000Z", "Pacific/Apia", "2011-12-29 23:59:59", -600],
  ["2011-12-30T10:00:00.000Z", "Pacific/Apia", "2011-12-31 00:00:00", 840],
  ["9999-12-31T11:59:59.999Z", "Asia/Tokyo", "9999-12-31 20:59:59", 540],
  ["2026-08-31T23:03:07.000Z", "Mars/Base", "2026-08-31 23:03:07", 0],
])("%s in %s is %s", (at, zone, local, offset) => {
  const { date, hour, minute, second, offset: minutes } = inZone(new Date(at), zone);
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  expect([`${date} ${clock}`, minutes]).toEqual([local, offset]);
});

test.each<[unknown, boolean]>([
  ["UTC", true],
  ["Europe/Berlin", true],
  ["Europe/Kyiv", true],
  ["America/Argentina/Buenos_Aires", true],
  ["Etc/GMT+5", true],
  ["Mars/Base", false],
  ["+01:00", false],
  ["", false],
  [" Europe/Berlin", false],
  [null, false],
  [["UTC"], false],
])("%j is a zone: %s", (text, known) => expect(isZone(text)).toBe(known));

test.each([
  [" europe/berlin ", "Europe/Berlin"],
  ["Asia/Calcutta", "Asia/Calcutta"],
  ["asia/kolkata", "Asia/Kolkata"],
  ["utc", "UTC"],
  ["Etc/UTC", "UTC"],
  ["GMT", "UTC"],
  ["Berlin", null],
  ["+01:00", null],
  ["", null],
])("%j is the zone %s", (text, zone) => expect(parseZone(text)).toBe(zone));

test.each([
  ["UTC", "UTC"],
  ["America/New_York", "New York"],
  ["America/Argentina/Buenos_Aires", "Buenos Aires"],
  ["Etc/GMT+5", "Etc/GMT+5"],
  ["Mars/Base", "UTC"],
])("%s is called %s", (zone, name) => expect(zoneName(zone)).toBe(name));

test.each([
  [0, "UTC"],
  [120, "UTC+2"],
  [345, "UTC+5:45"],
  [-210, "UTC\u22123:30"],
])("%i minutes ahead are %s", (offset, words) => expect(offsetText(offset)).toBe(words));

test("UTC is the first zone to choose, and each is known, once, under its name of today", () => {
  const all = zones();
  expect(all[0]).toBe("UTC");
  expect(all.filter((zone) => !isZone(zone))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(expect.arrayContaining(["Asia/Kolkata", "Europe/Berlin", "Europe/Kyiv"]));
  expect(all).not.toContain("Europe/Kiev");
});
