import type { Agent } from "@/agent";
import { forgoneMinutes, statusOf } from "@/agent/status";
import { subjectKey } from "@/domain/assignments/subject";
import { nameKey } from "@/domain/licenses/definition";
import type { Month } from "@/domain/month";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { monthUsage } from "@/server/consumption/usage";
import { runCheck } from "@/server/maintenance/check";
import { dataKeys } from "@/server/secrets/data-keys";
import { mac } from "@/server/store/secret";
import { store } from "@/server/store/store";
import type { Machine } from "./machine";
import { lifeOf, patchOf, type RunRecord, type Seat, seatKeyOf } from "./record";

/** The result of a comparison at the end: how often the rule held, and where it didn't. */
export type Finding = { rule: string; held: number; wrong: string[] };

/** The server's data, read once. */
export type Books = {
  license: string;
  now: Date;
  months: Month[];
  /** Every assignment that the server has, including released ones. */
  rows: Row[];
  /** Minutes by source and month. */
  minutes: Map<string, Map<Month, number>>;
  indexOf: (subject: string) => string;
};

type Row = { instance: string; place: string; life: string; isLive: boolean };

export async function readBooks(license: string, months: Month[], now: Date): Promise<Books> {
  const keys = await dataKeys(license);
  const rows = await store().db.assignment.findMany({ where: { license } });
  const usage = await store().db.usage.findMany({ where: { license } });
  const minutes = new Map<string, Map<Month, number>>();
  for (const { source, month, consumed } of usage) {
    const of = minutes.get(source) ?? new Map<Month, number>();
    minutes.set(source, of.set(month, (of.get(month) ?? 0) + Number(consumed)));
  }
  return {
    ...{ license, now, months, minutes },
    indexOf: (subject) => mac(keys.mac, subjectKey(subject, "folded")).toString("hex"),
    rows: rows.map(({ instance, allotment, subjectIndex, source, created, deleted }) => {
      const index = Buffer.from(subjectIndex).toString("hex");
      return {
        instance: String(instance),
        place: `${allotment} ${index}`,
        life: `${source} ${allotment} ${index} ${created.getTime()}`,
        isLive: deleted === null,
      };
    }),
  };
}

export async function verdict(books: Books, ledger: RunRecord, machines: Machine[]): Promise<Finding[]> {
  const agents = machines.map(({ name, life }) => ({ name, agent: life?.agent ?? null }));
  return [
    quiet(agents),
    await sameSeats(books, agents),
    await sameTotals(books, agents),
    ...seatsKept(books, ledger),
    ...minutesKept(books, ledger, machines),
    ...(await storeKept()),
  ];
}

type Named = { name: string; agent: Agent | null };

/** Every agent is back without help and has reported everything. */
function quiet(agents: Named[]): Finding {
  return finding("every agent is back and has reported everything", agents, ({ name, agent }) => {
    if (!agent) return `${name} is off`;
    const { waiting, error, state } = statusOf(agent.state(), agent.now(), null);
    const isQuiet = waiting.patches === 0 && waiting.minutes === 0 && !error && state === "ready";
    return isQuiet ? null : `${name}: ${JSON.stringify({ waiting, error, state })}`;
  });
}

async function sameSeats({ license, now }: Books, agents: Named[]): Promise<Finding> {
  const { items } = await listAssignments(license, { limit: 100_000 }, now);
  const held = items.map(({ subject, allotment, created, state }) =>
    seatLine(subject, allotment, created, state === "excess"),
  );
  const server = new Set(held);
  return finding(
    "every agent shows the server's live assignments, and the same of them in excess",
    agents,
    (each) => {
      const shown = (each.agent?.assignments() ?? []).map(({ subject, allotment, created, state }) =>
        seatLine(subject, allotment, new Date(created), state === "excess"),
      );
      const own = new Set(shown);
      const missing = held.find((line) => !own.has(line));
      const strange = shown.find((line) => !server.has(line));
      if (!missing && !strange && shown.length === held.length) return null;
      return `${each.name}: ${shown.length} of ${held.length}; misses ${missing}; has ${strange}`;
    },
  );
}

function seatLine(subject: string, allotment: string, created: Date, isExcess: boolean): string {
  return JSON.stringify([subject, nameKey(allotment), created.getTime(), isExcess]);
}

async function sameTotals({ license, months, now }: Books, agents: Named[]): Promise<Finding> {
  const month = months.at(-1) ?? "";
  const { allotments } = await monthUsage(license, month, now);
  const server = JSON.stringify(allotments.map(({ name, total, quota }) => [name, total, quota]).sort());
  return finding("every agent knows the month's totals and quota", agents, ({ name, agent }) => {
    const { time = [] } = agent ? statusOf(agent.state(), agent.now(), null) : {};
    const own = JSON.stringify(time.map((each) => [each.allotment, each.total, each.quota]).sort());
    return own === server ? null : `${name}: ${own}, the server ${server}`;
  });
}

function seatsKept({ rows, indexOf }: Books, record: RunRecord): Finding[] {
  const byInstance = new Map(rows.map((row) => [row.instance, row]));
  const byLife = new Map(rows.map((row) => [row.life, row]));
  const places = new Set(rows.map(({ place }) => place));
  const placeOfSeat = ({ allotment, subject }: Seat) => `${nameKey(allotment)} ${indexOf(subject)}`;
  const rowOf = (seat: Seat) =>
    seat.instance === null
      ? byLife.get(`${seat.source} ${placeOfSeat(seat)} ${Date.parse(seat.created)}`)
      : byInstance.get(seat.instance);
  const released = new Set(record.released.map(placeOfSeat));
  const told = (seat: Seat) =>
    `${seat.allotment} of ${seat.subject}, created ${seat.created} by ${seat.source}`;
  return [
    finding(
      "every acknowledged grant is on the server, or was rejected there with its reason",
      record.grants,
      (seat) => {
        if (rowOf(seat)) return null;
        if (seat.instance === null && places.has(placeOfSeat(seat))) return null;
        if (record.withdrawn.has(seatKeyOf(seat.source, seat.allotment, seat.subject))) return null;
        return record.lostPatches.has(lifeOf(seat)) ? null : told(seat);
      },
    ),
    finding("every acknowledged release is on the server and stays", record.releasesHeld, (seat) => {
      if (!rowOf(seat)?.isLive) return null;
      return record.lostPatches.has(patchOf(seat.source, seat)) ? null : told(seat);
    }),
    finding(
      "no seat was taken from anyone who was not released",
      rows.filter(({ isLive }) => !isLive),
      ({ place, instance }) => (released.has(place) ? null : `${place} ${instance}`),
    ),
    unique(
      "no add is on the server twice",
      rows.map(({ life }) => life),
    ),
    unique(
      "nobody holds a seat twice",
      rows.filter(({ isLive }) => isLive).map(({ place }) => place),
    ),
  ];
}

function unique(rule: string, keys: string[]): Finding {
  const seen = new Set<string>();
  return finding(rule, keys, (key) => {
    if (seen.has(key)) return key;
    seen.add(key);
    return null;
  });
}

function minutesKept({ minutes, months }: Books, record: RunRecord, machines: Machine[]): Finding[] {
  const sources = [...new Set(machines.map(({ source }) => source))];
  const isClean = (source: string) => !record.restored.has(source) && !record.cloned.has(source);
  const all = sources.map((source) => {
    const running = machines.filter((machine) => machine.source === source);
    return { source, running, ...standing(source) };
  });
  function standing(source: string) {
    const booked = [...(minutes.get(source)?.values() ?? [])].reduce((sum, each) => sum + each, 0);
    return { booked, charged: record.charged.get(source) ?? 0, open: record.open.get(source) ?? 0 };
  }
  return [
    finding(
      "every charged minute is booked once, in its month",
      all.filter(({ source }) => isClean(source)),
      (each) => {
        const { source, running, booked, charged, open } = each;
        const slots = running.flatMap(({ life }) => [...(life?.agent.state().slots.values() ?? [])]);
        const isRight = booked >= charged && booked <= charged + open;
        const wrong = slots.find(({ month, used }) => used !== (minutes.get(source)?.get(month) ?? 0));
        if (isRight && !wrong) return null;
        return `${running[0]?.name}: booked ${booked}, charged ${charged}, open ${open}; ${JSON.stringify(wrong ?? months)}`;
      },
    ),
    finding(
      "a restored machine loses what it hadn't reported, or forgoes it, and nothing else",
      all.filter(({ source }) => record.restored.has(source) && !record.cloned.has(source)),
      ({ source, running, booked, charged, open }) => {
        const forgone = running.reduce(
          (sum, { life }) => sum + (life ? forgoneMinutes(life.agent.state()) : 0),
          0,
        );
        const lost = record.lostMinutes.get(source) ?? 0;
        const isRight = booked >= charged - lost - forgone && booked <= charged + open;
        return isRight
          ? null
          : `${running[0]?.name}: booked ${booked}, charged ${charged}, lost ${lost}, forgone ${forgone}`;
      },
    ),
    finding(
      "a cloned machine counts nothing twice",
      all.filter(({ source }) => record.cloned.has(source)),
      (each) =>
        each.booked <= each.charged + each.open
          ? null
          : `${each.running[0]?.name}: booked ${each.booked}, charged ${each.charged}`,
    ),
  ];
}

/** Counters, versions, subjects and audit chains, as `signet check` verifies them. */
async function storeKept(): Promise<Finding[]> {
  const checked = await runCheck();
  return checked.map(({ rule, rows, broken, first }) => ({
    rule: `store: ${rule}`,
    held: rows - broken,
    wrong: broken > 0 ? first.map(String) : [],
  }));
}

function finding<Item>(rule: string, items: Item[], wrongOf: (item: Item) => string | null): Finding {
  const wrong = items.map(wrongOf).filter((each) => each !== null);
  return { rule, held: items.length - wrong.length, wrong };
}
