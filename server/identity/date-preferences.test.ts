import { expect, test } from "vitest";
import { type DateStyle, DEFAULT_STYLE } from "@/domain/dates/date-style";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { makePerson, signedIn } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { auth } from "./auth";
import { chooseDateStyle, dateStyleOf, readStored } from "./date-preferences";
import { removePerson } from "./person-changes";

useStore();

const NOW = new Date("2026-11-28T12:00:00Z");
const KOLKATA: DateStyle = { zone: "Asia/Kolkata", dateForm: "dd/MM/yyyy", clock: "12h" };

const rowOf = (id: string) => store().db.user.findUniqueOrThrow({ where: { id } });

test("a person has UTC and 28 Nov 2026 until they choose, and a session brings what they chose", async () => {
  const { id, email } = await makePerson("auditor");
  expect(await dateStyleOf(email)).toEqual(DEFAULT_STYLE);
  await chooseDateStyle(id, KOLKATA, NOW);
  expect(await dateStyleOf(email)).toEqual(KOLKATA);
  const session = await auth().api.getSession({ headers: new Headers({ cookie: await signedIn(email) }) });
  expect(readStored(session?.user ?? {})).toEqual({ style: KOLKATA, unknownZone: null });
});

test("the style of nobody is that of those who chose none", async () => {
  expect(await dateStyleOf("nobody@signet.example")).toEqual(DEFAULT_STYLE);
});

test("a stored zone that this server doesn't know is UTC, and is named", () => {
  expect(readStored({ timeZone: "Mars/Base", dateForm: "dd.MM.yyyy", clock: "36h" })).toEqual({
    style: { zone: "UTC", dateForm: "dd.MM.yyyy", clock: "24h" },
    unknownZone: "Mars/Base",
  });
});

test("with a person the time zone is forgotten", async () => {
  const { id } = await makePerson("auditor");
  await chooseDateStyle(id, KOLKATA, NOW);
  await removePerson(id, SYSTEM, NOW);
  const { timeZone, dateForm, clock } = await rowOf(id);
  expect([timeZone, dateForm, clock]).toEqual([null, null, null]);
});
