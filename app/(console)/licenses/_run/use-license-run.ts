import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { readPlanChunks, refusalOf } from "@/app/(console)/_lib/read-plan-chunks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useRefresh } from "@/components/shell/use-refresh";
import type { RunProgress, ShownRow } from "@/server/licenses/license-runs";
import type { PlanChunk } from "./plan-chunk";

type State = {
  file: File | null;
  rows: readonly ShownRow[];
  isChecking: boolean;
  progress: RunProgress | null;
  fault: RefusalNotice | null;
};

const EVERY_MS = 500;
const NOTHING: State = { file: null, rows: [], isChecking: false, progress: null, fault: null };
const UNREACHED: RefusalNotice = { sentence: "The server isn't responding. Try again in a few seconds." };

/** Where the routes `plan`, `start` and `progress` of a run are, and how one is cancelled. */
export type RunRoutes = { path: string; cancelRun(id: string): Promise<ActionResult<void>> };

/** Checks a file, then lets the server create its licenses and polls the progress. */
export function useLicenseRun({ path, cancelRun }: RunRoutes) {
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
      const rows: ShownRow[] = [];
      for await (const part of readPlanChunks<PlanChunk>(await posted(`${path}/plan`, file, mine.signal))) {
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
    const result = await posted(`${path}/start`, state.file).catch(() => null);
    if (!result?.ok) return set({ fault: result ? await refusalOf(result) : UNREACHED });
    set({ progress: await result.json() });
  };

  const cancel = async () => {
    if (!state.progress) return;
    const cancelled = await orUnanswered(cancelRun(state.progress.id));
    if (!cancelled.ok) set({ fault: cancelled.refused });
  };

  const id = state.progress?.state === "running" ? state.progress.id : null;
  const look = useEffectEvent(async (of: string) => {
    const progress = await askedProgress(`${path}/progress?id=${of}`);
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

function posted(address: string, body: File, signal?: AbortSignal): Promise<Response> {
  return fetch(address, { method: "POST", body, signal });
}

/** Null if the server didn't respond this time. */
async function askedProgress(address: string): Promise<RunProgress | null> {
  try {
    const result = await fetch(address);
    return result.ok ? await result.json() : null;
  } catch {
    return null;
  }
}
