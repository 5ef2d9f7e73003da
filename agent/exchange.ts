import { monthOf } from "@/domain/month";
import { areTermsStale, synced, syncRequest } from "./assignments";
import type { Backend, Cause } from "./backend";
import { Unanswered } from "./backend-problem";
import { prunedSlots } from "./consumption";
import type { Journal } from "./journal";
import { timeAllotments } from "./metering";
import { numbered, reported, withTotals } from "./reporting";
import type { Task } from "./schedule";
import { prunedSessions } from "./sessions";
import { jwsIn, learnedPins, leaseEndOf, provenDefinition, signerOf, unproven } from "./signature";
import { entered, type License, leaseRenewed, reached, refreshed, type State, type Verified } from "./state";
import { nowOf, type Reading } from "./time";
import type { DefinitionReply } from "./wire";

type With = { backend: Backend; journal: Journal; product: string; reading: () => Reading };

/** The exchanges with the backend, one at a time. Each throws `Unanswered`, and what was written down before stays. */
export type Exchange = Record<Task, () => Promise<void>> & {
  /** Takes a key, if the backend takes it. */
  enter(key: string, license: string): Promise<void>;
};

const MOST_TURNS = 1000;

export function openExchange({ backend, journal, product, reading }: With): Exchange {
  let isActivated = false;
  const now = (state: State) => nowOf(state.time, reading());

  /** A yes came: takes what it brought, and notes the contact. Nothing is taken once the license was replaced. */
  const take = (of: License, apply: (state: State) => State) =>
    journal.change((state) => {
      if (state.license?.key !== of.key) return [state, undefined];
      const next = apply(state);
      return [reached(next, now(next)), undefined];
    });

  const verified = async (
    reply: DefinitionReply,
    etag: string | null,
    license: string,
  ): Promise<Verified> => {
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
  };

  const activate = async (key: string, license: string, cause: Cause) => {
    const { terms, etag } = await backend.activate({ key, source: journal.state().source }, cause);
    return verified(terms, etag, license);
  };

  const definition = async () => {
    const { license, source, time, contact } = journal.state();
    if (!license) return;
    // Only an activation asks an admin to accept this deployment.
    if (!isActivated || contact.trouble?.code === "DUAL_USE_REQUIRED") {
      const terms = await activate(license.key, license.number, "Update");
      await take(license, (state) => pruned(refreshed(state, terms, reading()), now(state)));
      isActivated = true;
      return;
    }
    // Without TLS, or after a jump of the clock, only a signed answer counts: so ask for the whole.
    const etag = backend.isTrusted && !time.doubtful ? license.etag : null;
    const reply = await backend.definition({ key: license.key, source }, etag);
    const terms = reply.terms && (await verified(reply.terms, reply.etag, license.number));
    await take(license, (state) => {
      const next = terms ? refreshed(state, terms, reading()) : leaseRenewed(state, reply.validUntil);
      return pruned(next, now(state));
    });
  };

  return {
    definition,

    async enter(key, license) {
      const terms = await activate(key, license, "Initial");
      await journal.change((state) => {
        const next = entered(state, key, license, terms, reading());
        return [reached(next, now(next)), undefined];
      });
      isActivated = true;
    },

    async sync() {
      let areStale = false;
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        const state = journal.state();
        const { license, source } = state;
        if (!license) return;
        const request = syncRequest(state, license);
        const sent = request.patches.length;
        const reply = await backend.sync({ key: license.key, source }, request);
        await take(license, (latest) => synced(latest, sent, reply, now(latest)));
        areStale ||= areTermsStale(reply, sent);
        const { outbox, paging } = journal.state();
        if (!paging && outbox.length === 0) break;
      }
      if (areStale) await definition();
    },

    async report() {
      const { license, former } = journal.state();
      for (const [number, key] of Object.entries(former)) await reportFor(number, key).catch(ifSuccessful);
      if (license) await reportFor(license.number, license.key);
    },

    async totals() {
      const state = journal.state();
      const { license, source } = state;
      if (!license || timeAllotments(license.definition).length === 0) return;
      const month = monthOf(new Date(now(state)));
      const totals = await backend.totals({ key: license.key, source }, month);
      await take(license, (latest) => withTotals(latest, totals, now(latest)));
    },
  };

  /** Numbers are written down before they are sent; the first answer of a slot may bring the next report. */
  async function reportFor(number: string, key: string): Promise<void> {
    const faulty = new Set<string>();
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const elements = await journal.change((state) => numbered(state, number, faulty));
      if (elements.size === 0) return;
      const { source } = journal.state();
      const responses = await backend.report({ key, source }, [...elements.values()]);
      await journal.change((state) => {
        const next = reported(state, elements, responses, now(state));
        const isOurs = state.license?.number === number;
        return [isOurs ? reached(next, now(state)) : next, undefined];
      });
      for (const [slot, { id }] of elements)
        if (!responses.some((response) => response.id === id && !response.error)) faulty.add(slot);
    }
  }
}

/** A key that was replaced may be revoked by now: what is owed under it waits, and holds up nothing else. */
function ifSuccessful(error: unknown): void {
  if (!(error instanceof Unanswered) || error.trouble.status === undefined) throw error;
}

async function newPins(backend: Backend, known: State["pins"]) {
  if (backend.isTrusted) return learnedPins(known, await backend.keys());
  throw unproven("it is signed by a new key, and new keys are accepted only over HTTPS");
}

/** Without the sessions and months that are over. */
function pruned(state: State, now: number): State {
  const slots = prunedSlots(state.slots, monthOf(new Date(now)));
  return { ...state, slots, sessions: prunedSessions(state.sessions, now) };
}

/** What the backend wants of our pace, within reason. */
function paceOf({ refreshAfter, syncEvery }: DefinitionReply) {
  return {
    refreshAfter: Math.min(86_400, Math.max(60, refreshAfter)),
    syncEvery: Math.min(3600, Math.max(10, syncEvery)),
  };
}
