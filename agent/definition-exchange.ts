import { monthOf } from "@/domain/month";
import type { Backend, Cause } from "./backend";
import { prunedSlots } from "./consumption";
import { prunedDenials } from "./denials";
import type { Journal } from "./journal";
import { prunedReports } from "./session-reports";
import { prunedSessions } from "./sessions";
import { jwsIn, learnedPins, leaseEndOf, provenDefinition, signerOf, unproven } from "./signature";
import { entered, type License, leaseRenewed, reached, refreshed, type State, type Verified } from "./state";
import { nowOf, type Reading } from "./time";
import type { DefinitionReply } from "./wire";

export type ExchangeContext = {
  backend: Backend;
  journal: Journal;
  product: string;
  reading: () => Reading;
  /** Milliseconds since the machine started. */
  uptime: () => number;
  newId: () => string;
  /** How long minutes that are reserved have to last without the backend, in milliseconds. */
  outage: number;
};

/** Applies a successful response and records the contact, unless the license was replaced in the meantime. */
export type Take = (of: License, apply: (state: State) => State) => Promise<void>;

export function takerOf(journal: Journal, now: (state: State) => number): Take {
  return (of, apply) =>
    journal.change((state) => {
      if (state.license?.key !== of.key) return [state, undefined];
      const next = apply(state);
      return [reached(next, now(next)), undefined];
    });
}

/** The exchanges that return a definition: the first with a key, and each later one. */
export function openDefinition(context: ExchangeContext, take: Take) {
  const { backend, journal, reading } = context;
  let isActivated = false;

  const activate = async (key: string, license: string, cause: Cause) => {
    const { terms, etag } = await backend.activate({ key, source: journal.state().source }, cause);
    return verified(context, terms, etag, license);
  };

  const takePruned = (of: License, apply: (state: State) => State) =>
    take(of, (state) => pruned(apply(state), nowOf(state.time, reading())));

  /** Only an activation asks an admin to accept this deployment. */
  const activateAgain = async (license: License) => {
    const terms = await activate(license.key, license.number, "Update");
    await takePruned(license, (state) => refreshed(state, terms, reading()));
    isActivated = true;
  };

  /** Without TLS, or after a jump of the clock, only a signed response counts: so it is requested in full. */
  const refresh = async (license: License) => {
    const { source, time } = journal.state();
    const etag = backend.isTrusted && !time.doubtful ? license.etag : null;
    const reply = await backend.definition({ key: license.key, source }, etag);
    const terms = reply.terms && (await verified(context, reply.terms, reply.etag, license.number));
    await takePruned(license, (state) =>
      terms ? refreshed(state, terms, reading()) : leaseRenewed(state, reply.validUntil),
    );
  };

  return {
    async enter(key: string, license: string): Promise<void> {
      const terms = await activate(key, license, "Initial");
      await journal.change((state) => {
        const next = entered(state, key, license, terms, reading());
        return [reached(next, nowOf(next.time, reading())), undefined];
      });
      isActivated = true;
    },

    async definition(): Promise<void> {
      const { license, contact } = journal.state();
      if (!license) return;
      const mustActivate = !isActivated || contact.trouble?.code === "DUAL_USE_REQUIRED";
      await (mustActivate ? activateAgain(license) : refresh(license));
    },
  };
}

/** The terms of a reply, verified by its signed definition. */
async function verified(
  { backend, journal, product }: ExchangeContext,
  reply: DefinitionReply,
  etag: string | null,
  license: string,
): Promise<Verified> {
  const { pins: known, time } = journal.state();
  const jws = jwsIn(reply.sld);
  const pins = known[signerOf(jws)] ? known : await newPins(backend, known);
  const claims = await provenDefinition(jws, pins, { license, product });
  const signedAt = claims.iat * 1000;
  if (!backend.isTrusted && signedAt < (time.signedAt ?? 0))
    throw unproven("it is older than an earlier one");
  const { definition, version } = claims;
  const { status, settings } = reply;
  const leaseEnd = leaseEndOf(claims);
  return {
    terms: { jws, definition, version, status, settings, etag, leaseEnd, ...paceOf(reply) },
    signedAt,
    pins,
  };
}

async function newPins(backend: Backend, known: State["pins"]) {
  if (backend.isTrusted) return learnedPins(known, await backend.keys());
  throw unproven("it is signed by a new key, and new keys are accepted only over HTTPS");
}

/** The state without ended sessions and past months. */
function pruned(state: State, now: number): State {
  const slots = prunedSlots(state.slots, monthOf(new Date(now)));
  return {
    ...state,
    slots,
    sessions: prunedSessions(state.sessions, now),
    sessionReports: prunedReports(state, now),
    denials: prunedDenials(state.denials, now),
  };
}

/** The intervals that the backend asks for, within limits. */
function paceOf({ refreshAfter, syncEvery }: DefinitionReply) {
  return {
    refreshAfter: Math.min(86_400, Math.max(60, refreshAfter)),
    syncEvery: Math.min(3600, Math.max(10, syncEvery)),
  };
}
