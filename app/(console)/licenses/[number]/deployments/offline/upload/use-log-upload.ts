import { useRef, useState } from "react";
import { linesOf } from "@/app/(console)/_lib/lines-of";
import { refusalOf } from "@/app/(console)/_lib/read-plan-chunks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { useRefresh } from "@/components/shell/use-refresh";
import { LOG_TOO_LARGE, MAX_LOG_BYTES } from "@/domain/offline/log-size";
import type { LogChunk, LogResult } from "./log-result";

/**
 * A chosen file. When it is `ready` it has been checked, and its result says what it would do; when it is `done`, what
 * it did.
 */
export type LogFile = {
  id: number;
  file: File;
  state: "waiting" | "checking" | "ready" | "refused" | "applying" | "done";
  result: LogResult | null;
  /** The last line applied so far. */
  through: number;
  fault: RefusalNotice | null;
};

const UNREACHED: RefusalNotice = { sentence: "The server isn't responding. Try again in a few seconds." };

/** Checks log files one by one when they are chosen, and applies them on request. */
export function useLogUpload(number: string) {
  const [files, setFiles] = useState<readonly LogFile[]>([]);
  const [isApplying, setApplying] = useState(false);
  const ids = useRef(0);
  const turn = useRef(Promise.resolve());
  const refresh = useRefresh();
  const path = `/licenses/${number}/deployments/offline/upload/log`;

  const set = (id: number, part: Partial<LogFile>) =>
    setFiles((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)));

  const check = async ({ id, file }: LogFile) => {
    set(id, { state: "checking" });
    const end = await sent(`${path}?dryRun=true`, file, () => {});
    set(id, "result" in end ? { ...end, state: "ready" } : { fault: end.refused, state: "refused" });
  };

  const apply = async ({ id, file }: LogFile) => {
    set(id, { state: "applying", fault: null });
    const end = await sent(path, file, (through) => set(id, { through }));
    set(id, "result" in end ? { ...end, state: "done" } : { fault: end.refused, state: "ready" });
  };

  return {
    files,
    isApplying,
    ready: files.filter(({ state }) => state === "ready"),
    isChecking: files.some(({ state }) => state === "waiting" || state === "checking"),
    add: (chosen: readonly File[]) => {
      const added = chosen.map((file): LogFile => {
        ids.current += 1;
        const fault = file.size > MAX_LOG_BYTES ? { sentence: LOG_TOO_LARGE } : null;
        const state = fault ? "refused" : "waiting";
        return { id: ids.current, file, state, result: null, through: 0, fault };
      });
      setFiles((before) => [...before, ...added]);
      for (const one of added)
        if (one.state === "waiting") turn.current = turn.current.then(() => check(one));
    },
    remove: (id: number) => setFiles((before) => before.filter((one) => one.id !== id)),
    apply: async () => {
      setApplying(true);
      for (const one of files) if (one.state === "ready") await apply(one);
      setApplying(false);
      void refresh();
    },
  };
}

type End = { result: LogResult } | { refused: RefusalNotice };

/** Sends a file and never throws: an interrupted response becomes a refusal. */
async function sent(path: string, file: File, heard: (through: number) => void): Promise<End> {
  try {
    const result = await fetch(path, { method: "POST", body: file });
    if (!result.ok || !result.body) return { refused: await refusalOf(result) };
    for await (const line of linesOf(result.body)) {
      const part: LogChunk = JSON.parse(line);
      if ("through" in part) heard(part.through);
      else return part;
    }
  } catch {
    // The code below reports it.
  }
  return { refused: UNREACHED };
}
