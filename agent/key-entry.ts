import { isWholeKey, keyTextIn, whyNoKey } from "@/domain/pasted-key";
import { parseKey } from "@/domain/signed-key";
import { AgentRefusal } from "./agent-refusal";
import { type Asker, withDualUseRequest } from "./asking";
import { type BackendProblem, Unanswered } from "./backend-problem";
import type { Exchange } from "./exchange";
import type { Journal } from "./journal";
import type { Rounds } from "./rounds";
import { isDualUse, isOnline, type State, withoutLicense } from "./state";

type Dependencies = {
  journal: Journal;
  exchange: Exchange;
  rounds: Rounds;
  asker: Asker;
  now: (state?: State) => number;
};

/** Enters a license on this machine, and removes it. */
export function openKeyEntry({ journal, exchange, rounds, asker, now }: Dependencies) {
  /** Also keeps a key that an admin rejected, since it can be accepted later; the refusal says so. */
  const waitFor = async (key: string, number: string, problem: BackendProblem): Promise<void> => {
    await journal.change((state) => [
      withDualUseRequest(state, { key, number, trouble: problem, now: now(state) }),
      undefined,
    ]);
    asker.start();
    if (problem.code !== "DUAL_USE_REQUIRED") throw refusalFor(problem);
  };

  /** Keeps the reason for a refused key for later readers of the status. */
  const keyRefusal = async (problem: BackendProblem): Promise<AgentRefusal> => {
    await journal.change((state) => [{ ...state, keyError: { ...problem, at: now(state) } }, undefined]);
    return refusalFor(problem);
  };

  return {
    /** Enters a pasted key if the backend accepts it; otherwise the old one stays. A key that needs an admin waits. */
    async enterKey(pasted: string): Promise<void> {
      const text = keyTextIn(pasted);
      const key = text && isWholeKey(text) ? parseKey(text) : null;
      if (!key) throw await keyRefusal({ kind: "key", code: "INVALID_KEY", words: whyNoKey(pasted) });
      if (journal.state().license?.number !== key.license) await rounds.giveBack();
      await rounds
        .alone(() => exchange.enter(key.text, key.license))
        .catch(async (error: unknown) => {
          if (!(error instanceof Unanswered)) throw error;
          if (!isDualUse(error.trouble)) throw await keyRefusal(error.trouble);
          await waitFor(key.text, key.license, error.trouble);
        });
      rounds.start();
    },

    /** Removes the license, after a last attempt to report to the backend. */
    async removeKey(): Promise<void> {
      if (isOnline(journal.state())) await rounds.now(["sync", "report"]);
      await rounds.giveBack();
      await rounds.alone(() =>
        journal.change((state) => [withoutLicense({ ...state, asking: null }), undefined]),
      );
      rounds.start();
    },
  };
}

/** A problem as a refusal of the local API: the backend's own refusal as it is, everything else as a backend that is away. */
export function refusalFor({ kind, code, words }: BackendProblem): AgentRefusal {
  if (kind === "key") return new AgentRefusal(422, "INVALID_KEY", words);
  if (kind === "refused" && code) return new AgentRefusal(403, code, words);
  return new AgentRefusal(503, "BACKEND_AWAY", words);
}
