import { validityStatus } from "@/domain/licenses/lease";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { LOG_KINDS } from "@/domain/offline/offline-log";
import { AgentRefusal } from "./agent-refusal";
import type { OfflineClaims, Proven, ReplyClaims } from "./offline-document";
import { begun } from "./offline-log";
import { rejectionText } from "./rejections";
import type { License, Rejection, State } from "./state";

/** The facts about a deployment without a network that aren't in its file. */
export type DeploymentFacts = { product: string; userAgent: string; newId: () => string };

const SWITCHED_OFF = {
  autoAssignProfessional: false,
  autoAssignAnalyzer: false,
  subjectMatching: "folded" as const,
};
const KEPT_REJECTIONS = 100;

/** Applies a signed definition: the first one starts the logs, a renewed one only extends the license. */
export function withSld(
  state: State,
  { jws, claims }: Proven<OfflineClaims>,
  site: DeploymentFacts,
  now: number,
): State {
  refuseForeign(state, claims, site.product);
  const issued = claims.iat * 1000;
  const { offline } = state;
  if (offline && offline.issued === issued && offline.checkout === claims.jti) return state;
  if (offline && issued <= offline.issued)
    throw no("OLDER_SLD", "A newer signed definition is already in force. Nothing was changed.");
  const moment = Math.max(now, issued);
  if (claims.exp * 1000 <= moment)
    throw no("SLD_EXPIRED", `It expired on ${dayIn(claims.exp)}. Download a new one from the backend.`);
  const { jti: checkout, salt } = claims;
  const source = claims.source ?? state.source;
  const next: State = {
    ...state,
    source,
    license: licenseIn(jws, claims, moment),
    offline: { checkout, salt, issued },
    time: { ...state.time, greatest: Math.max(state.time.greatest, issued) },
  };
  if (offline) return next;
  const { license, logKey: key } = claims;
  const { userAgent } = site;
  return LOG_KINDS.reduce(
    (all, kind) => begun(all, kind, { key, license, checkout, source, userAgent, log: site.newId() }, moment),
    next,
  );
}

/**
 * Applies the backend's reply to an uploaded log: seats that it didn't give, or that an admin has released since, are
 * withdrawn. `hashAt` is our hash of the last line that the reply covers.
 */
export function withReply(state: State, claims: ReplyClaims, hashAt: string | null, now: number): State {
  const { kind, log, through, hash } = claims;
  const head = state.logs[kind];
  if (!head || head.log !== log || claims.license !== state.license?.number)
    throw no("WRONG_LOG", "This reply is for the log of another site. Nothing was changed.");
  if (hash !== hashAt)
    throw no(
      "WRONG_LOG",
      "This reply is for a log that continued differently: the deployment or the backend was restored. Nothing was changed.",
    );
  if (through < head.through)
    throw no("OLDER_REPLY", "A newer reply to this log was already accepted. Nothing was changed.");
  const logs = { ...state.logs, [kind]: { ...head, through } };
  return kind === "assignments" ? withdrawn({ ...state, logs }, claims, now) : { ...state, logs };
}

function withdrawn(state: State, { rejected, released }: ReplyClaims, now: number): State {
  const lost = [
    ...rejected.map(({ sequence, rejection }) => ({ sequence, ...rejectionText(rejection) })),
    ...released.map((sequence) => ({ sequence, code: "RELEASED", reason: "An admin released this seat." })),
  ];
  const rows = new Map(state.rows);
  const refused: Rejection[] = [];
  for (const { sequence, code, reason } of lost) {
    const row = rows.get(String(sequence));
    if (!row) continue;
    rows.delete(row.instance);
    refused.push({ allotment: row.allotment, subject: row.subject, code, reason, at: now });
  }
  if (refused.length === 0) return state;
  return { ...state, rows, rejections: [...state.rejections, ...refused].slice(-KEPT_REJECTIONS) };
}

/** A deployment belongs to one license, product and source; another one needs another folder. */
function refuseForeign({ license, offline, source }: State, claims: OfflineClaims, product: string): void {
  if (license && !offline)
    throw no(
      "SITE_IS_ONLINE",
      "This folder belongs to a deployment that uses a backend. A deployment without a network needs its own folder: name another one with --data.",
    );
  if (claims.aud !== product)
    throw no("WRONG_PRODUCT", `It is for ${claims.aud}, but this agent serves ${product}.`);
  if (!license) return;
  if (claims.license !== license.number)
    throw no(
      "WRONG_LICENSE",
      `It is for license ${formatLicenseNumber(claims.license)}, not for this deployment's.`,
    );
  if (claims.source !== undefined && claims.source !== source)
    throw no(
      "WRONG_SOURCE",
      `It is for deployment ${claims.source}. This deployment is ${source}: download a definition for this source.`,
    );
}

/** The definition never changes the end of the file itself, so its validity is only shown. */
function licenseIn(jws: string, claims: OfflineClaims, now: number): License {
  const { license: number, definition, version, settings = SWITCHED_OFF, exp } = claims;
  const graceDays = Number.MAX_SAFE_INTEGER;
  const status = validityStatus(definition.valid, new Date(now), graceDays);
  const pace = { refreshAfter: 86_400, syncEvery: 600 };
  return {
    key: "",
    number,
    jws,
    definition,
    version,
    status,
    settings,
    etag: null,
    leaseEnd: exp * 1000,
    ...pace,
  };
}

function dayIn(seconds: number): string {
  const [, day = "", month = "", year = ""] =
    /^\w+, (\d+) (\w+) (\d+)/.exec(new Date(seconds * 1000).toUTCString()) ?? [];
  return `${Number(day)} ${month} ${year}`;
}

function no(code: string, words: string): AgentRefusal {
  return new AgentRefusal(422, code, `The file was not accepted. ${words}`);
}
