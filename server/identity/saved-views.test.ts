import { beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { NOW } from "@/server/testing/test-licenses";
import { makePerson } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { removePerson } from "./person-changes";
import { removeView, renameView, savedViews, saveView } from "./saved-views";

useStore();

let ana: string;
let jon: string;

beforeAll(async () => {
  ana = (await makePerson("owner")).id;
  jon = (await makePerson("issuer")).id;
});

const idle = { name: "Idle analyzers", search: "idle=90&allotment=analyzer" };

test("a view keeps filters in one order, without the search text and the position", async () => {
  const search = `${idle.search}&q=acme%5Cbob&cursor=abc&open=17`;
  await saveView(ana, "assignments", { ...idle, search }, NOW);
  expect(await savedViews(ana, "assignments")).toMatchObject([
    { name: "Idle analyzers", search: "allotment=analyzer&idle=90" },
  ]);
});

test("saving under the same name keeps the newest filters", async () => {
  await saveView(ana, "assignments", idle, NOW);
  await saveView(ana, "assignments", { ...idle, search: "idle=30" }, NOW);
  expect((await savedViews(ana, "assignments")).map(({ search }) => search)).toEqual(["idle=30"]);
});

test("views belong to one person, and to one list", async () => {
  const { id } = await saveView(ana, "assignments", idle, NOW);
  expect(await savedViews(jon, "assignments")).toEqual([]);
  expect(await savedViews(ana, "licenses")).toEqual([]);
  await removeView(jon, id);
  expect(await savedViews(ana, "assignments")).toHaveLength(1);
  await removeView(ana, id);
  expect(await savedViews(ana, "assignments")).toEqual([]);
});

test("a person can rename a view to a name that no other view of the list has", async () => {
  const { id } = await saveView(ana, "deployments", { name: "Quiet", search: "state=silent" }, NOW);
  await saveView(ana, "deployments", { name: "Odd", search: "state=suspicious" }, NOW);
  await saveView(ana, "audit", { name: "Silent", search: "kind=user" }, NOW);
  await expect(renameView(jon, id, "Silent")).rejects.toMatchObject({ code: "INVALID_BODY" });
  await expect(renameView(ana, id, "Odd")).rejects.toMatchObject({ code: "INVALID_BODY" });
  await renameView(ana, id, "Silent");
  await renameView(ana, id, "Silent");
  expect(await savedViews(ana, "deployments")).toMatchObject([
    { name: "Odd" },
    { id, name: "Silent", search: "state=silent" },
  ]);
});

test("a view without filters, and too many views, are refused", async () => {
  const empty = saveView(ana, "licenses", { name: "All", search: "q=acme" }, NOW);
  await expect(empty).rejects.toMatchObject({ code: "INVALID_BODY" });
  for (let at = 0; at < 30; at++)
    await saveView(ana, "licenses", { name: `View ${at}`, search: `ends=${at}` }, NOW);
  const more = saveView(ana, "licenses", { name: "One more", search: "ends=31" }, NOW);
  await expect(more).rejects.toMatchObject({ code: "INVALID_BODY" });
  await saveView(ana, "licenses", { name: "View 3", search: "ends=60" }, NOW);
});

test("views are removed with their person", async () => {
  await saveView(jon, "licenses", { name: "Mine", search: "ends=60" }, NOW);
  await removePerson(jon, SYSTEM, NOW);
  expect(await store().db.savedView.count({ where: { userId: jon } })).toBe(0);
});
