import type { LocalSeat } from "@/agent/local-assignments";
import type { Status } from "@/agent/status";
import { drawAllotments } from "./allotments";
import { call, keepToken } from "./call";
import { announce, at, complain } from "./dom";
import { drawLogs, takeFiles } from "./files";
import { drawStatus } from "./status";
import { messageOf } from "./text";
import { drawRejections, drawUsers, SEAT_LABELS } from "./users";

/** The panel reads the local API this often while its page is visible. */
const EVERY_MS = 5000;

let seats: LocalSeat[] = [];
let timer: number | undefined;

async function refresh(): Promise<void> {
  clearTimeout(timer);
  try {
    draw(await call<Status>("GET", "/v1/license"));
    const { assignments } = await call<{ assignments: LocalSeat[] }>("GET", "/v1/assignments");
    const hasChanged = JSON.stringify(assignments) !== JSON.stringify(seats);
    seats = assignments;
    if (hasChanged) drawUsers(seats, release);
    at("updated").textContent = `Updated ${new Date().toLocaleTimeString("en-GB")}`;
  } catch (error) {
    const isAway = error instanceof TypeError; // fetch throws no other error
    at("updated").textContent = isAway ? "The agent isn't responding. It may have been stopped." : "";
  }
  if (!document.hidden) timer = window.setTimeout(refresh, EVERY_MS);
}

function draw(status: Status): void {
  drawStatus(status);
  drawAllotments(status);
  drawRejections(status.rejections);
  if (status.offline) drawLogs(status.offline.logs, run);
}

/** Runs the work of a button, which is disabled until it is done. */
async function run(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    complain(messageOf(error));
  }
  button.disabled = false;
  await refresh();
}

async function release({ subject, allotment }: LocalSeat): Promise<void> {
  if (!confirm(`Release ${subject} from ${allotment}?`)) return;
  try {
    await call("DELETE", "/v1/assignments", { subject, allotment });
    announce(`Released ${subject}.`);
    at("find").focus();
  } catch (error) {
    complain(messageOf(error));
  }
  await refresh();
}

function onSubmit(id: string, work: () => Promise<void>): void {
  const form = at<HTMLFormElement>(id);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button instanceof HTMLButtonElement) void run(button, work);
  });
}

function onClick(id: string, work: () => Promise<void>, isMeant = () => true): void {
  const button = at<HTMLButtonElement>(id);
  button.addEventListener("click", () => {
    if (isMeant()) void run(button, work);
  });
}

onSubmit("token", async () => {
  keepToken(at<HTMLInputElement>("token-text").value);
  await call("GET", "/v1/license");
});

onSubmit("key", async () => {
  const field = at<HTMLTextAreaElement>("key-text");
  const { asking } = await call<Status>("PUT", "/v1/license", { key: field.value });
  field.value = "";
  announce(
    asking
      ? "License key saved. It is used as soon as an admin accepts this deployment."
      : "License key accepted.",
  );
});

onSubmit("assign", async () => {
  const user = at<HTMLInputElement>("user");
  const { subject, state } = await call<LocalSeat>("POST", "/v1/assignments", {
    subject: user.value,
    allotment: at<HTMLSelectElement>("allotment").value,
  });
  announce(`${subject}: ${SEAT_LABELS[state]}.`);
  user.value = "";
  user.focus();
});

const STATE_MESSAGES: Partial<Record<Status["state"], string>> = {
  waiting: "Requested. No admin has accepted this deployment yet.",
  stopped: "",
};
onClick("sync", async () => {
  const { state } = await call<Status>("POST", "/v1/sync");
  announce(STATE_MESSAGES[state] ?? "Synced.");
});

onClick(
  "remove",
  async () => {
    await call("DELETE", "/v1/license");
    announce("License removed.");
  },
  () =>
    confirm(
      at("usage").hidden
        ? "Remove the key from this machine? It then stops requesting access."
        : "Remove the license from this machine? Users can then no longer sign in.",
    ),
);

async function takeAndRefresh(files: FileList | null | undefined): Promise<void> {
  await takeFiles([...(files ?? [])]);
  await refresh();
}

at("file").addEventListener("change", () => takeAndRefresh(at<HTMLInputElement>("file").files));
const dropArea = at("drop");
for (const type of ["dragover", "dragleave", "drop"] as const)
  dropArea.addEventListener(type, (event) => {
    event.preventDefault();
    dropArea.classList.toggle("over", type === "dragover");
    if (type === "drop") void takeAndRefresh(event.dataTransfer?.files);
  });

at("find").addEventListener("input", () => drawUsers(seats, release));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh();
});
void refresh();
