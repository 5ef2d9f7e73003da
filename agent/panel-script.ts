/** Draws what the local API tells, every five seconds while somebody looks. Texts go in as text, never as markup. */
export const PANEL_SCRIPT = `
"use strict";
const at = (id) => document.getElementById(id);
const EVERY = 5000, MOST = 200;
let people = [], timer = 0;

function say(text) { at("wrong").textContent = ""; at("said").textContent = text; }
function complain(text) { at("said").textContent = ""; at("wrong").textContent = text; }
function make(tag, text, cls) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (cls) node.className = cls;
  return node;
}
function row(...cells) {
  const tr = make("tr");
  tr.append(...cells);
  return tr;
}
const number = (n) => new Intl.NumberFormat().format(n);
const when = (text) => new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

async function call(method, path, body) {
  const token = sessionStorage.getItem("token");
  const headers = { ...(body ? { "Content-Type": "application/json" } : {}), ...(token ? { Authorization: "Bearer " + token } : {}) };
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status === 204) return null;
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 401) askForToken();
  if (!answer.ok) throw new Error(told.detail || "The agent answered " + answer.status + ".");
  return told;
}

function askForToken() { at("token").hidden = false; at("all").hidden = true; }

const STATES = { ready: "In force", "no-license": "No license", stopped: "Stopped", "lease-ended": "Ended", "not-yet-valid": "Not valid yet" };

function drawStatus(status) {
  at("token").hidden = true; at("all").hidden = false;
  const { license, lease, contact, error, refusal } = status;
  at("standing").textContent = STATES[status.state] || status.state;
  at("standing").className = "badge " + (status.state === "ready" ? "good" : "bad");
  at("refusal").textContent = refusal ? refusal.detail : "";
  at("warnings").replaceChildren(...status.warnings.map((text) => make("li", text)));
  const facts = [
    ...(license ? [["License", license.number], ["Product", license.product + (license.trial ? ", trial" : "")], ["Valid", license.valid || "without end"], ["Definition", license.version]] : []),
    ...(lease ? [["May go on alone until", when(lease.until)]] : []),
    ["Last contact", contact.last ? when(contact.last) : "never"],
    ...(error ? [["Last error", error.detail + " (" + when(error.at) + ")"]] : []),
    ...(contact.failures > 0 && contact.nextTryInSeconds !== null ? [["Next try", "in " + contact.nextTryInSeconds + " seconds"]] : []),
    ["Waiting to be sent", status.waiting.patches + " assignment changes, " + number(status.waiting.minutes) + " minutes"],
    ["Deployment", status.source],
  ];
  at("facts").replaceChildren(...facts.flatMap(([name, text]) => [make("dt", name), make("dd", text)]));
  at("remove").hidden = !license; at("use").hidden = !license; at("people").hidden = !license; at("sync").hidden = !license;
  drawPools(status);
  drawRefused(status.rejections);
}

function drawPools({ seats, time }) {
  const seatRows = seats.map((s) => row(make("td", s.allotment), make("td", number(s.assigned), "number"), make("td", number(s.units) + " seats", "number"), make("td", s.assigned > s.units ? number(s.assigned - s.units) + " in excess" : s.assigned === s.units ? "All taken" : "")));
  const timeRows = time.map((t) => {
    const granted = t.overage === "YES" ? number(t.quota) + " minutes, no cap" : number(t.quota) + " minutes" + (t.overage ? " + " + number(t.overage) : "");
    const here = number(t.used) + " here" + (t.unreported ? ", " + number(t.unreported) + " unreported" : "") + (t.denied ? ", used up" : "");
    return row(make("td", t.allotment + ", " + t.month), make("td", number(t.total), "number"), make("td", granted, "number"), make("td", here));
  });
  at("pools").replaceChildren(...seatRows, ...timeRows);
  const names = seats.map((s) => s.allotment);
  const select = at("what");
  if (names.join() !== [...select.options].map((o) => o.value).join())
    select.replaceChildren(...names.map((name) => new Option(name, name)));
}

function drawRefused(rejections) {
  at("refused-title").hidden = rejections.length === 0;
  at("refused").replaceChildren(...rejections.slice(0, 10).map((r) => make("li", r.subject + ", " + r.allotment + ": " + r.reason + " (" + when(r.at) + ")")));
}

const WORDS = { assigned: "Assigned", excess: "Excess: denied access", pending: "Waiting for the backend" };

function drawPeople() {
  const asked = at("find").value.trim().toLowerCase();
  const found = people.filter((p) => p.subject.toLowerCase().includes(asked));
  at("count").textContent = found.length > MOST ? "The first " + MOST + " of " + number(found.length) : number(found.length) + (found.length === 1 ? " assignment" : " assignments");
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.seat : undefined;
  at("seats").replaceChildren(...found.slice(0, MOST).map((p) => {
    const button = make("button", "Release", "plain");
    button.type = "button";
    button.dataset.seat = JSON.stringify([p.subject, p.allotment]);
    button.setAttribute("aria-label", "Release " + p.subject + " from " + p.allotment);
    button.addEventListener("click", () => release(p));
    const cell = make("td", undefined, "number");
    cell.append(button);
    return row(make("td", p.subject), make("td", p.allotment), make("td", WORDS[p.state] || p.state), cell);
  }));
  if (focused) for (const b of at("seats").querySelectorAll("button")) if (b.dataset.seat === focused) b.focus();
}

async function refresh() {
  clearTimeout(timer);
  try {
    drawStatus(await call("GET", "/v1/license"));
    const { assignments } = await call("GET", "/v1/assignments");
    const changed = JSON.stringify(assignments) !== JSON.stringify(people);
    people = assignments;
    if (changed) drawPeople();
    at("seen").textContent = "As of " + new Date().toLocaleTimeString();
  } catch (error) {
    at("seen").textContent = error instanceof TypeError ? "The agent does not answer. It may have been stopped." : "";
  }
  if (!document.hidden) timer = setTimeout(refresh, EVERY);
}

async function act(button, work) {
  button.disabled = true;
  try { await work(); } catch (error) { complain(error.message); }
  button.disabled = false;
  await refresh();
}

async function release({ subject, allotment }) {
  if (!confirm("Release " + subject + " from " + allotment + "?")) return;
  try { await call("DELETE", "/v1/assignments", { subject, allotment }); say(subject + " was released."); at("find").focus(); } catch (error) { complain(error.message); }
  await refresh();
}

function onSubmit(id, work) {
  at(id).addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter || at(id).querySelector("button"), work);
  });
}

onSubmit("token", async () => { sessionStorage.setItem("token", at("token-text").value); await call("GET", "/v1/license"); });
onSubmit("key", async () => { await call("PUT", "/v1/license", { key: at("key-text").value }); at("key-text").value = ""; say("The key was taken."); });
onSubmit("assign", async () => {
  const held = await call("POST", "/v1/assignments", { subject: at("who").value, allotment: at("what").value });
  say(held.subject + ": " + (WORDS[held.state] || held.state) + ".");
  at("who").value = ""; at("who").focus();
});
at("sync").addEventListener("click", () => act(at("sync"), async () => { await call("POST", "/v1/sync"); say("Everything was exchanged."); }));
at("remove").addEventListener("click", () => {
  if (confirm("Take the license out of this machine? Nobody gets in then.")) act(at("remove"), async () => { await call("DELETE", "/v1/license"); say("The license was taken out."); });
});
at("find").addEventListener("input", drawPeople);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
refresh();
`;
