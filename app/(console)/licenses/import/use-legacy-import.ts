import { useEffect, useEffectEvent, useRef, useState } from "react";
import { readPlanChunks, refusalOf } from "@/app/(console)/_lib/read-plan-chunks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useRefresh } from "@/components/shell/use-refresh";
import type { PlannedLegacy } from "@/server/legacy/legacy-file";
import type { LegacyProgress } from "@/server/legacy/legacy-import";
import { cancelImport } from "./actions";
import type { PlanChunk } from "./plan-chunk";

type State = {
  file: File | null;
  rows: readonly PlannedLegacy[];
  isChecking: boolean;
  progress: LegacyProgress | null;
  fault: RefusalNotice | null;
};

const EVERY_MS = 500;
const NOTHING: State = { file: null, rows: [], isChecking: false, progress: null, fault: null };
const UNREACHED: RefusalNotice = { sentence: "The server isn't responding. Try again in a few seconds." };

/** Checks a file, then lets the server import it and polls the progress. */
export function useLegacyImport() {
  const [state, setState] = useState<State>(NOTHING);
  const running = useRef<AbortController | null>(null);
  const refresh = useRefresh();
  const set = (part: Partial<State>) => setState((before) => ({ ...before, ...part }));

  const check = async (file: File) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ ...NOTHING, file, isChecking: true });
    try {
      const rows: PlannedLegacy[] = [];
      for await (const part of readPlanChunks<PlanChunk>(await posted("plan", file, mine.signal))) {
        if ("refused" in part) set({ fault: part.refused, rows: [] });
        if (!("rows" in part)) continue;
        rows.push(...part.rows);
        set({ rows: [...rows] });
      }
    } catch {
      if (!mine.signal.aborted) set({ fault: UNREACHED, rows: [] });
    }
    if (running.current === mine) set({ isChecking: false });
  };

  const send = async () => {
    if (!state.file) return;
    set({ fault: null });
    const result = await posted("start", state.file).catch(() => null);
    if (!result?.ok) return set({ fault: result ? await refusalOf(result) : UNREACHED });
    set({ progress: await result.json() });
  };

  const cancel = async () => {
    if (!state.progress) return;
    const cancelled = await orUnanswered(cancelImport(state.progress.id));
    if (!cancelled.ok) set({ fault: cancelled.refused });
  };

  const id = state.progress?.state === "running" ? state.progress.id : null;
  const look = useEffectEvent(async (of: string) => {
    const progress = await askedProgress(of);
    if (!progress) return;
    set({ progress });
    if (progress.state !== "running") void refresh();
  });
  useEffect(() => {
    if (!id) return;
    const timer = setInterval(() => void look(id), EVERY_MS);
    return () => clearInterval(timer);
  }, [id]);

  return { ...state, check, send, cancel, stop: () => running.current?.abort() };
}

function posted(what: "plan" | "start", body: File, signal?: AbortSignal): Promise<Response> {
  return fetch(`/licenses/import/${what}`, { method: "POST", body, signal });
}

/** Null if the server didn't respond this time. */
async function askedProgress(id: string): Promise<LegacyProgress | null> {
  try {
    const result = await fetch(`/licenses/import/progress?id=${id}`);
    return result.ok ? await result.json() : null;
  } catch {
    return null;
  }
}
