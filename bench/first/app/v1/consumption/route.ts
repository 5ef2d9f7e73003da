import type { Definition } from "../../../../../domain/licenses/definition";
import { admit, provenKey } from "../../../caller";
import { PATIENT, store, type Tx } from "../../../store";

type Element = { id: string; allotment: string; month: string; consumption: number; sequence: number };
type Place = { license: string; allotment: string; month: string };

export async function POST(request: Request) {
  const key = await provenKey(request);
  const { source, consumption }: { source: string; consumption: Element[] } = await request.json();
  const now = new Date();
  const answers = await store().$transaction(async (tx) => {
    await admit(tx, key, source, { lastReport: now });
    const booked = [];
    for (const element of consumption) booked.push(await book(tx, key.license, source, element, now));
    return booked;
  }, PATIENT);
  return Response.json({ serverTime: now, consumption: answers });
}

async function book(tx: Tx, license: string, source: string, element: Element, now: Date) {
  const { id, month, consumption, sequence } = element;
  const allotment = element.allotment.toLowerCase();
  const place = { license, allotment, month };
  await tx.allotment.findUniqueOrThrow({
    where: { licenseNumber_key: { licenseNumber: license, key: allotment } },
  });
  const known = await tx.usage.findUnique({
    where: { license_allotment_month_source: { ...place, source } },
  });
  const duplicate = known !== null && sequence <= Number(known.sequence);
  const total = duplicate ? await totalOf(tx, place) : await add(tx, place, source, element, now);
  const quota = await quotaOf(tx, license, allotment);
  const remaining = Math.max(0, quota - total);
  const sum = { total, quota, overage: 0, remaining, denied: remaining === 0 };
  return { id, allotment: element.allotment, month, ...sum, duplicate, sequence, consumption };
}

/** Adds to the rows of the source, the month and the day. */
async function add(tx: Tx, place: Place, source: string, { consumption, sequence }: Element, now: Date) {
  const day = new Date(now.toISOString().slice(0, 10));
  await tx.usage.upsert({
    where: { license_allotment_month_source: { ...place, source } },
    create: { ...place, source, consumed: consumption, sequence },
    update: { consumed: { increment: consumption }, sequence },
  });
  await tx.usageDay.upsert({
    where: { license_allotment_month_day_source: { ...place, day, source } },
    create: { ...place, day, source, consumed: consumption },
    update: { consumed: { increment: consumption } },
  });
  const { total } = await tx.usageMonth.upsert({
    where: { license_allotment_month: place },
    create: { ...place, total: consumption },
    update: { total: { increment: consumption } },
  });
  return Number(total);
}

async function totalOf(tx: Tx, place: Place): Promise<number> {
  const row = await tx.usageMonth.findUnique({ where: { license_allotment_month: place } });
  return Number(row?.total ?? 0);
}

async function quotaOf(tx: Tx, license: string, allotment: string): Promise<number> {
  const latest = await tx.definition.findFirstOrThrow({
    where: { licenseNumber: license },
    orderBy: { effectiveFrom: "desc" },
  });
  // The store has definitions as the console wrote them.
  const { allotments } = latest.content as Pick<Definition, "allotments">;
  const units = allotments.find(({ name }) => name.toLowerCase() === allotment)?.units ?? [];
  return units.reduce((sum, { count }) => sum + count, 0);
}
