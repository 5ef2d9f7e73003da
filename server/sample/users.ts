import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { licenseByNumber } from "@/server/licenses/licenses";
import type { UserChange } from "./deployment";
import { FRANKFURT, GENEVA, HAMBURG, LEEDS, type SampleDeployment, YORK, ZURICH } from "./deployments";
import { people } from "./people";
import { type Kind, seats } from "./plan";
import { AUTHOR, type Story } from "./story";

const WEEK = 7;
/** Until so many days before today, people came and went rarely. */
const LIVELY = 115;

/** Users who get and release seats, are refused one, or keep one beyond the units. */
export function users(story: Story): void {
  nordlicht(story);
  shrunk(story);
  trial(story);
  expired(story);
  suspended(story);
  castellan(story);
}

type Act = (
  daysAgo: number,
  kind: UserChange["kind"],
  allotment: string,
  names: string[],
  auto?: true,
) => void;

function actAt({ timeline, at }: Story, license: Kind, deployment: SampleDeployment): Act {
  return (daysAgo, kind, allotment, names, auto) => {
    const changes = names.map((name) => ({
      kind,
      allotment,
      subject: deployment.subject.replace("%", name),
      auto,
    }));
    if (changes.length > 0) timeline.on(daysAgo, (moment) => at(license, deployment).sync(changes, moment));
  };
}

/** Two deployments with one list of users: people come and go, some have two subjects, and auto-assign is turned on late. */
function nordlicht(story: Story): void {
  const { random, days, timeline, plans } = story;
  const hamburg = actAt(story, "seats", HAMBURG);
  const frankfurt = actAt(story, "seats", FRANKFURT);
  const staff = people(random, 200);
  const professionals = staff.splice(0, 14);
  const analyzers = staff.splice(0, 24);
  hamburg(days - 1, "add", "professional", professionals);
  hamburg(days - 1, "add", "analyzer", analyzers);
  for (let daysAgo = days - WEEK; daysAgo > WEEK; daysAgo -= WEEK) {
    if (daysAgo > LIVELY && random.chance(0.7)) continue;
    const joined = staff.splice(0, random.between(1, 2));
    hamburg(daysAgo, "add", "analyzer", joined);
    frankfurt(daysAgo, "add", "analyzer", staff.splice(0, random.between(0, 2)));
    if (random.chance(0.6)) hamburg(daysAgo, "release", "analyzer", analyzers.splice(0, 1));
    analyzers.push(...joined);
    hamburg(
      daysAgo - 1,
      "use",
      "analyzer",
      analyzers.filter(() => random.chance(0.6)),
    );
    hamburg(
      daysAgo - 1,
      "use",
      "professional",
      professionals.filter(() => random.chance(0.85)),
    );
  }
  for (const daysAgo of [60, 45, 20]) frankfurt(daysAgo, "add", "analyzer", professionals.splice(0, 1));
  hamburg(
    50,
    "add",
    "analyzer",
    analyzers.slice(0, 2).map((name) => name.toUpperCase()),
  );
  const eager = staff.splice(0, 2);
  frankfurt(12, "add", "analyzer", eager, true);
  timeline.on(5, (at) =>
    changeLicense(plans.seats.license.number, { settings: { autoAssignAnalyzer: true } }, null, AUTHOR, at),
  );
  frankfurt(4, "add", "analyzer", eager.slice(0, 1), true);
}

/** 40 seats became 30 while 37 were taken; three users left since, so four are beyond the units. */
function shrunk(story: Story): void {
  const { days, timeline, plans, random } = story;
  const leeds = actAt(story, "shrunk", LEEDS);
  const staff = people(random, 39);
  const held = staff.splice(0, 37);
  leeds(days - 1, "add", "analyzer", held);
  timeline.on(35, async (at) => {
    const { definition, number } = await licenseByNumber(plans.shrunk.license.number, at);
    const smaller = { ...definition, allotments: [seats("analyzer", 30)] };
    await putDefinition(number, smaller, null, false, AUTHOR, at);
  });
  leeds(28, "release", "analyzer", held.slice(5, 8));
  leeds(11, "add", "analyzer", staff.slice(0, 1));
  leeds(6, "add", "analyzer", staff);
}

/** Every seat of the trial is taken, and two more users would like one. */
function trial(story: Story): void {
  const leeds = actAt(story, "trial", LEEDS);
  const staff = people(story.random, 7);
  leeds(11, "add", "professional", staff.slice(0, 5));
  leeds(10, "add", "professional", staff.slice(5, 6));
  leeds(3, "add", "professional", staff.slice(5));
}

/** The license ended; users who asked for a seat after its grace days were refused. */
function expired(story: Story): void {
  const york = actAt(story, "expired", YORK);
  const staff = people(story.random, 13);
  york(story.days - 1, "add", "professional", staff.slice(0, 12));
  york(20, "add", "professional", staff.slice(12));
}

function suspended(story: Story): void {
  const { number } = story.plans.suspended.license;
  actAt(story, "suspended", LEEDS)(story.days - 2, "add", "analyzer", people(story.random, 6));
  story.timeline.on(20, (at) => changeLicense(number, { status: "suspended" }, null, AUTHOR, at));
}

/** A bank that grew for a year, and has more people than its small license for a new office allows. */
function castellan(story: Story): void {
  const { days, random } = story;
  const zurich = actAt(story, "mixed", ZURICH);
  const geneva = actAt(story, "mixed", GENEVA);
  const staff = people(random, 130);
  const held = staff.splice(0, 40);
  zurich(days - 1, "add", "analyzer", held);
  zurich(days - 1, "add", "professional", staff.splice(0, 22));
  for (let daysAgo = days - 30; daysAgo > WEEK; daysAgo -= 30) {
    geneva(daysAgo, "add", "analyzer", staff.splice(0, random.between(3, 5)));
    zurich(
      daysAgo - 2,
      "use",
      "analyzer",
      held.filter(() => random.chance(0.7)),
    );
  }
  actAt(story, "renewal", ZURICH)(days - 1, "add", "professional", people(random, 7));
}
