import { open } from "lmdb";
import { expect, test } from "vitest";
import type { Patch } from "@/domain/assignments/assignment";
import type { Row } from "@/domain/assignments/sync-client";
import { newSlot, withCharge } from "./consumption";
import type { State } from "./state";
import { openStore } from "./store";
import { storeFile } from "./store-folder";
import { newFolder } from "./test-agent";

const reading = { wall: 1000, ticks: 0 };
const patch = (subject: string): Patch => ({
  ...{
    instance: "",
    version: 0,
    license: "1",
    allotment: "analyzer",
    subject,
    created: "2026-03-10T08:00:00Z",
  },
});
const row = (instance: string): Row => ({
  ...{ instance, version: Number(instance), allotment: "analyzer", subject: `user${instance}`, created: "" },
});

test("the state survives a restart: parts, tables, and the outbox in its order", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  const first = store.load(reading, () => "source-1");
  const rows = new Map(Array.from({ length: 300 }, (_, i) => [String(i + 1), row(String(i + 1))] as const));
  const outbox = Array.from({ length: 12 }, (_, i) => patch(`p${i}`));
  const filled: State = {
    ...first,
    rows,
    outbox,
    lastCreated: 7,
    stop: { code: "KEY_REVOKED", detail: "x", at: 1 },
  };
  store.save(first, filled);
  const fewer = new Map([...rows].filter(([instance]) => instance !== "7"));
  const slots = new Map([["s", withCharge(newSlot("1", "analyzer_time", "2026-03"), 6)]]);
  const sent: State = {
    ...filled,
    rows: fewer,
    outbox: [...outbox.slice(2), patch("last")],
    sentPatches: 2,
    slots,
  };
  store.save(filled, sent);
  await store.close();

  const again = await openStore(folder);
  const { source, stop, lastCreated, ...kept } = again.load(reading, () => "source-2");
  expect({ source, stop, lastCreated }).toEqual({ source: "source-1", stop: sent.stop, lastCreated: 7 });
  expect(new Map([...kept.rows].sort())).toEqual(new Map([...fewer].sort()));
  expect(kept.outbox).toEqual(sent.outbox);
  expect(kept.slots.get("s")).toMatchObject({ pending: 6, used: 6, isProbed: false });
  await again.close();
});

test("a folder belongs to one process at a time, and is free once it is closed", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  await expect(openStore(folder)).rejects.toThrow("in use by a running agent");
  await store.close();
  await (await openStore(folder)).close();
});

test("a store of an older release asks for all rows once, since its rows lack aliases", async () => {
  const folder = newFolder();
  const store = await openStore(folder);
  const first = store.load(reading, () => "source-1");
  store.save(first, { ...first, base: { version: 7, epoch: "1" }, rows: new Map([["1", row("1")]]) });
  await store.close();
  const db = open<string, string[]>({ path: storeFile(folder), encoding: "string" });
  await db.remove(["rowFeatures"]);
  await db.close();

  const updated = await openStore(folder);
  const { base, rows } = updated.load(reading, () => "source-2");
  expect([base, rows.size]).toEqual([null, 1]);
  const loaded = updated.load(reading, () => "source-2");
  updated.save(loaded, { ...loaded, base: { version: 9, epoch: "1" } });
  await updated.close();
  const again = await openStore(folder);
  expect(again.load(reading, () => "source-2").base).toEqual({ version: 9, epoch: "1" });
  await again.close();
});
