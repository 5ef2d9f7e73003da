import type { SentDenial } from "./denials";
import type { SentSession } from "./session-reports";

type Body = Record<string, unknown>;

/** What a backend in memory knows of sessions and denials. Of two reports the greater stays. */
export class TestUse {
  /** By source, month and id. */
  readonly sessions = new Map<string, SentSession>();
  readonly denials = new Map<string, SentDenial>();
  /** Whether it takes any, as older backends don't. */
  isOn = true;

  /** Stores the sessions of an element. */
  store(source: string, { month, sessions }: Body): Body {
    if (!this.isOn || sessions === undefined) return {};
    const sent = sessions as SentSession[];
    for (const session of sent) {
      const key = `${source} ${month} ${session.id}`;
      if (session.minutes > (this.sessions.get(key)?.minutes ?? 0)) this.sessions.set(key, session);
    }
    return { sessions: sent.length };
  }

  /** Stores the denials of a report. */
  deny(source: string, { denials }: Body): Body {
    if (!this.isOn || denials === undefined) return {};
    const sent = denials as SentDenial[];
    for (const denial of sent) {
      const { hour, reason, allotment, subject, count } = denial;
      const key = JSON.stringify([source, hour, reason, allotment, subject]);
      if (count > (this.denials.get(key)?.count ?? 0)) this.denials.set(key, denial);
    }
    return { denials: sent.length };
  }
}
