import type { Status } from "@/agent/status";
import { at, make } from "./dom";
import { numberText, timeText } from "./text";

const LABELS: Record<Status["state"], string> = {
  ready: "Active",
  "no-license": "No license",
  waiting: "Waiting for an admin to accept",
  stopped: "Stopped",
  "lease-ended": "Lease ended",
  "not-yet-valid": "Not valid yet",
};

type Fact = [name: string, text: string];

/** Draws the first section, and shows the sections that this status has. */
export function drawStatus(status: Status): void {
  at("status").textContent = LABELS[status.state];
  at("status").className = `badge ${colorOf(status.state)}`;
  at("refusal").textContent = status.refusal?.detail ?? "";
  at("key-error").textContent = keyErrorText(status);
  at("warnings").replaceChildren(...status.warnings.map((text) => make("li", text)));
  at("facts").replaceChildren(
    ...factsOf(status).flatMap(([name, text]) => [make("dt", name), make("dd", text)]),
  );
  showSections(status);
}

function colorOf(state: Status["state"]): string {
  if (state === "ready") return "good";
  return state === "waiting" ? "wait" : "bad";
}

/** The error of the last key; empty while the message at the top already says it. */
function keyErrorText({ keyError }: Status): string {
  if (!keyError || at("failed").textContent === keyError.detail) return "";
  return `The last key was not accepted (${timeText(keyError.at)}). ${keyError.detail}`;
}

function showSections({ license, asking, offline }: Status): void {
  const isBound = license !== null || asking !== null;
  at("token").hidden = true;
  at("content").hidden = false;
  at("remove").hidden = !isBound;
  at("usage").hidden = !license;
  at("users").hidden = !license;
  at("sync").hidden = !isBound || offline !== null;
  at("sync").textContent = license ? "Sync now" : "Ask again";
  at("remove").textContent = license ? "Remove license" : "Remove key";
  at("keys").hidden = offline !== null;
  at("files").hidden = offline === null;
}

function factsOf(status: Status): Fact[] {
  return [...licenseFacts(status), ...contactFacts(status), ["Deployment", status.source]];
}

function licenseFacts({ license, asking, lease }: Status): Fact[] {
  const facts: Fact[] = [];
  if (license)
    facts.push(
      ["License", license.number],
      ["Product", `${license.product}${license.trial ? ", trial" : ""}`],
      ["Valid", license.valid || "no end date"],
      ["Definition", license.version],
    );
  else if (asking) facts.push(["License", asking.number], ["Requested", timeText(asking.since)]);
  if (lease) facts.push(["Works offline until", timeText(lease.until)]);
  return facts;
}

function contactFacts({ license, asking, contact, error, keyError, offline, waiting }: Status): Fact[] {
  const facts: Fact[] = [
    offline
      ? ["Signed definition from", timeText(offline.issued)]
      : ["Last contact", contact.last ? timeText(contact.last) : "never"],
  ];
  if (error && error.at !== keyError?.at)
    facts.push(["Last error", `${error.detail} (${timeText(error.at)})`]);
  const isTrying = contact.failures > 0 || (asking !== null && !license);
  if (isTrying && contact.nextTryInSeconds !== null)
    facts.push(["Next attempt", `in ${contact.nextTryInSeconds} seconds`]);
  if (!offline)
    facts.push([
      "Not sent yet",
      `${waiting.patches} assignment changes, ${numberText(waiting.minutes)} minutes`,
    ]);
  return facts;
}
