import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { ReplicaFigures } from "@/domain/metrics/replica-gauges";
import { completeUntil, type LogMark, withMark } from "@/domain/replica/replica-lag";
import type { DatabaseWatch } from "./database-watch";
import { log } from "./log";
import { type Choice, readScope } from "./read-scope";
import { reasonText } from "./reason-text";
import { type PrimaryState, READ_PRIMARY, READ_STANDBY, type StandbyState, whyUnfit } from "./replica-state";
import { isUnanswered } from "./store-away";

/**
 * The pools of both servers. `prove` throws if a pooler swaps the replica's sessions; `renew` drops its connections;
 * `watch` notices one to another server than before.
 */
export type ReplicaChoice = {
  primary: pg.Pool;
  standby: pg.Pool;
  prove(): Promise<void>;
  renew(): void;
  watch: DatabaseWatch;
  maxAgeMs: number;
};

const LOOK_MS = 1000;
/** A lag above this is unknown. */
const KEEP_MS = 3_600_000;
const UNKNOWN = "Nothing is known about it yet.";
/** A request that needs everything waits so long for the replica to replay it (milliseconds). */
const CATCH_UP = { tries: 5, everyMs: 20 };

/**
 * A standby that lists and overviews are read from, as long as it can stand in for the primary. It is looked at once a
 * second. Nothing depends on it: where it is away, wrong or too old, everything comes from the primary.
 */
export class Replica {
  private marks: LogMark[] = [];
  /** How far it had replayed at the last look; null if it can't be used. */
  private replayed: number | null = null;
  private told: string | null = UNKNOWN;
  private isProven = false;

  constructor(private readonly choice: ReplicaChoice) {}

  /** Looks at it every second until the result is called, which waits for the last look. */
  follow(): () => Promise<void> {
    const end = new AbortController();
    const looking = async () => {
      while (!end.signal.aborted) {
        await this.look();
        await delay(LOOK_MS, null, { signal: end.signal, ref: false }).catch(() => {});
      }
    };
    const ended = looking();
    return () => {
      end.abort();
      return ended;
    };
  }

  /** Reads how far both servers are. Without the primary nothing new is known, and what is known grows old. */
  async look(): Promise<void> {
    const at = performance.now();
    const primary = await this.primary().catch(() => null);
    if (!primary) return;
    const bounds = { replayed: this.replayed, sinceMs: at - KEEP_MS };
    this.marks = withMark(this.marks, { at, position: primary.position }, bounds);
    try {
      if (!this.isProven) await this.choice.prove();
      this.isProven = true;
      const standby = await this.standby();
      const reason = whyUnfit(primary, standby);
      if (reason) this.choice.renew();
      this.replayed = reason === null ? standby.replayed : null;
      this.tell(reason ?? this.whyOld());
    } catch (error) {
      this.leave(error);
    }
  }

  /** Runs a statement on the replica if the current request may read from it, otherwise or if it fails there on the primary. */
  async route<T>(onReplica: () => Promise<T>, onPrimary: () => Promise<T>): Promise<T> {
    const scope = readScope();
    if (!scope) return onPrimary();
    scope.choice ??= this.choose(scope.mayLag);
    const chosen = await scope.choice;
    if (!chosen || this.choice.watch.hasChangedSince(chosen.at)) return onPrimary();
    try {
      const result = await onReplica();
      scope.until = chosen.until;
      return result;
    } catch (error) {
      scope.choice = Promise.resolve(null);
      if (isGone(error)) this.leave(error);
      return onPrimary();
    }
  }

  figures(): ReplicaFigures {
    const until = this.until();
    return { isUsed: this.isYoung(), lagSeconds: until === null ? null : (performance.now() - until) / 1000 };
  }

  private async choose(mayLag: boolean): Promise<Choice | null> {
    const at = performance.now();
    const until = this.until();
    if (until === null || !this.isYoung()) return null;
    if (mayLag) return { at, until };
    return (await this.hasCaughtUp().catch(() => false)) ? { at, until: at } : null;
  }

  /** Whether it has, in a moment, replayed everything that is committed now. */
  private async hasCaughtUp(): Promise<boolean> {
    const primary = await this.primary();
    for (let tries = 0; tries < CATCH_UP.tries; tries++) {
      if (tries > 0) await delay(CATCH_UP.everyMs);
      const standby = await this.standby();
      if (whyUnfit(primary, standby)) return false;
      if (standby.replayed >= primary.position) return true;
    }
    return false;
  }

  private async primary(): Promise<PrimaryState> {
    return (await this.choice.primary.query(READ_PRIMARY)).rows[0];
  }

  private async standby(): Promise<StandbyState> {
    return (await this.choice.standby.query(READ_STANDBY)).rows[0];
  }

  private until(): number | null {
    return this.replayed === null ? null : completeUntil(this.marks, this.replayed);
  }

  /** Until it has passed the first mark, all that is known is that it isn't younger. */
  private whyOld(): string | null {
    if (this.isYoung()) return null;
    const since = this.until() ?? this.marks[0]?.at ?? performance.now();
    return performance.now() - since > this.choice.maxAgeMs ? "It is too old." : this.told;
  }

  private isYoung(): boolean {
    const until = this.until();
    return until !== null && performance.now() - until <= this.choice.maxAgeMs;
  }

  private leave(error: unknown): void {
    this.replayed = null;
    const { cause = error } = error instanceof Error ? error : {};
    this.tell(reasonText(cause));
  }

  /** Logs a change once, not each look. */
  private tell(reason: string | null): void {
    if (reason === this.told) return;
    this.told = reason;
    if (reason === null) log().info("lists and overviews are read from the replica");
    else log().warn({ reason }, "the read replica isn't used");
  }
}

function isGone(error: unknown): boolean {
  return isUnanswered(error) || (error instanceof Error && error.name === "NoConnection");
}
