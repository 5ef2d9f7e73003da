import type { Status } from "@/agent/status";
import { call, fetchLog } from "./call";
import { announce, at, complain, make, makeButton, redraw } from "./dom";
import { countText, messageOf, numberText } from "./text";

type Log = NonNullable<Status["offline"]>["logs"][number];

const LABELS: Record<Log["kind"], string> = { assignments: "Assignments", consumption: "Usage" };
const KEEP_URL_MS = 5000;

/** Draws the logs of a deployment without a network; `run` runs the work of a button. */
export function drawLogs(
  logs: readonly Log[],
  run: (button: HTMLButtonElement, work: () => Promise<void>) => void,
) {
  const list = at("logs");
  const shown = JSON.stringify(logs);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  redraw(
    list,
    logs.map(({ kind, lines, through }) => {
      const item = make("li");
      const text = `${LABELS[kind]}: ${countText(lines, "line")}, ${numberText(through)} confirmed by the backend`;
      const label = `Save the log of ${LABELS[kind].toLowerCase()}`;
      item.append(
        make("span", text),
        makeButton("Save log", label, kind, (button) => run(button, () => saveLog(kind))),
      );
      return item;
    }),
  );
}

async function saveLog(kind: Log["kind"]): Promise<void> {
  const link = make("a");
  link.href = URL.createObjectURL(await fetchLog(kind));
  link.download = `${kind}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_URL_MS);
  announce(`Saved ${kind}.jsonl. Upload it to the backend.`);
}

/** Uploads signed definitions and reply files, one after the other, up to the first that is refused. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  const taken: string[] = [];
  try {
    for (const file of files) taken.push(await takeFile(file));
    announce(taken.join(" "));
  } catch (error) {
    complain([...taken, messageOf(error)].join(" "));
  }
  at<HTMLInputElement>("file").value = "";
}

async function takeFile(file: File): Promise<string> {
  const text = (await file.text()).trim();
  const reply = replyIn(text);
  if (typeOf(reply) === "license-reply+jwt") {
    await call("POST", "/v1/reply", { reply });
    return `${file.name}: reply accepted.`;
  }
  await call("PUT", "/v1/license", { sld: text });
  return `${file.name}: signed definition accepted.`;
}

/** A reply comes as JSON with the JWS in it, or as the JWS alone. */
function replyIn(text: string): string {
  try {
    return JSON.parse(text).reply || text;
  } catch {
    return text;
  }
}

/** The `typ` of a JWS header (RFC 7515, section 4.1.9). */
function typeOf(jws: string): unknown {
  try {
    const [header = ""] = jws.split(".");
    return JSON.parse(atob(header.replace(/-/g, "+").replace(/_/g, "/"))).typ;
  } catch {
    return undefined;
  }
}
