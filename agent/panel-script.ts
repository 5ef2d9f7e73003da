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
const number = (n) => new Intl.NumberFormat("en").format(n);
const when = (text) => new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

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

const STATES = { ready: "Active", "no-license": "No license", waiting: "Waiting for an admin to accept", stopped: "Stopped", "lease-ended": "Lease ended", "not-yet-valid": "Not valid yet" };

function drawStatus(status) {
  at("token").hidden = true; at("all").hidden = false;
  const { license, lease, contact, error, keyError, refusal, offline, asking } = status;
  at("standing").textContent = STATES[status.state] || status.state;
  at("standing").className = "badge " + (status.state === "ready" ? "good" : status.state === "waiting" ? "wait" : "bad");
  at("refusal").textContent = refusal ? refusal.detail : "";
  const isSaid = keyError && at("wrong").textContent === keyError.detail;
  at("key-error").textContent = keyError && !isSaid ? "The last key was not accepted (" + when(keyError.at) + "). " + keyError.detail : "";
  at("warnings").replaceChildren(...status.warnings.map((text) => make("li", text)));
  const facts = [
    ...(license ? [["License", license.number], ["Product", license.product + (license.trial ? ", trial" : "")], ["Valid", license.valid || "no end date"], ["Definition", license.version]] : []),
    ...(asking && !license ? [["License", asking.number], ["Requested", when(asking.since)]] : []),
    ...(lease ? [["Works offline until", when(lease.until)]] : []),
    ...(offline ? [["Signed definition from", when(offline.issued)]] : [["Last contact", contact.last ? when(contact.last) : "never"]]),
    ...(error && !(keyError && error.at === keyError.at) ? [["Last error", error.detail + " (" + when(error.at) + ")"]] : []),
    ...((contact.failures > 0 || (asking && !license)) && contact.nextTryInSeconds !== null ? [["Next attempt", "in " + contact.nextTryInSeconds + " seconds"]] : []),
    ...(offline ? [] : [["Not sent yet", status.waiting.patches + " assignment changes, " + number(status.waiting.minutes) + " minutes"]]),
    ["Deployment", status.source],
  ];
  at("facts").replaceChildren(...facts.flatMap(([name, text]) => [make("dt", name), make("dd", text)]));
  at("remove").hidden = !license && !asking; at("use").hidden = !license; at("people").hidden = !license; at("sync").hidden = (!license && !asking) || Boolean(offline);
  at("sync").textContent = license ? "Sync now" : "Ask again";
  at("remove").textContent = license ? "Remove license" : "Remove key";
  at("keys").hidden = Boolean(offline); at("carry").hidden = !offline;
  if (offline) drawLogs(offline.logs);
  drawPools(status);
  drawRefused(status.rejections);
}

function drawPools({ seats, time }) {
  const seatRows = seats.map((s) => row(make("td", s.allotment), make("td", number(s.assigned), "number"), make("td", number(s.units) + " seats", "number"), make("td", s.assigned > s.units ? number(s.assigned - s.units) + " in excess" : s.assigned === s.units ? "No seats left" : "")));
  const timeRows = time.map((t) => {
    const granted = t.overage === "YES" ? number(t.quota) + " minutes, no cap" : number(t.quota) + " minutes" + (t.overage ? " + " + number(t.overage) : "");
    const here = number(t.used) + " here" + (t.unreported && at("carry").hidden ? ", " + number(t.unreported) + " not sent yet" : "") + (t.denied ? ", used up" : "");
    return row(make("td", t.allotment + ", " + t.month), make("td", number(t.total), "number"), make("td", granted, "number"), make("td", here));
  });
  at("pools").replaceChildren(...seatRows, ...timeRows);
  const names = seats.map((s) => s.allotment);
  const select = at("what");
  if (names.join() !== [...select.options].map((o) => o.value).join())
    select.replaceChildren(...names.map((name) => new Option(name, name)));
}

const LOGS = { assignments: "Assignments", consumption: "Usage" };

function drawLogs(logs) {
  const list = at("logs");
  const shown = JSON.stringify(logs);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.log : undefined;
  list.replaceChildren(...logs.map(({ kind, lines, through }) => {
    const button = make("button", "Save log", "plain");
    button.type = "button";
    button.dataset.log = kind;
    button.setAttribute("aria-label", "Save the log of " + LOGS[kind].toLowerCase());
    button.addEventListener("click", () => act(button, () => saveLog(kind)));
    const item = make("li");
    item.append(make("span", LOGS[kind] + ": " + number(lines) + (lines === 1 ? " line, " : " lines, ") + number(through) + " confirmed by the backend"), button);
    return item;
  }));
  if (focused) for (const b of list.querySelectorAll("button")) if (b.dataset.log === focused) b.focus();
}

async function saveLog(kind) {
  const token = sessionStorage.getItem("token");
  const answer = await fetch("/v1/logs/" + kind, { headers: token ? { Authorization: "Bearer " + token } : {} });
  if (!answer.ok) throw new Error("The log can't be read at the moment.");
  const link = make("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = kind + ".jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), EVERY);
  say("Saved " + kind + ".jsonl. Upload it to the backend.");
}

function typeIn(text) {
  try { return JSON.parse(atob(text.split(".")[0].replace(/-/g, "+").replace(/_/g, "/"))).typ; } catch { return undefined; }
}

async function takeFile(file) {
  const text = (await file.text()).trim();
  let reply = text;
  try { reply = JSON.parse(text).reply || text; } catch {}
  if (typeIn(reply) === "license-reply+jwt") { await call("POST", "/v1/reply", { reply }); return file.name + ": reply accepted."; }
  await call("PUT", "/v1/license", { sld: text });
  return file.name + ": signed definition accepted.";
}

async function takeFiles(files) {
  const done = [];
  try { for (const file of files) done.push(await takeFile(file)); say(done.join(" ")); }
  catch (error) { complain([...done, error.message].join(" ")); }
  at("file").value = "";
  await refresh();
}

function drawRefused(rejections) {
  at("refused-title").hidden = rejections.length === 0;
  at("refused").replaceChildren(...rejections.slice(0, 10).map((r) => make("li", r.subject + ", " + r.allotment + ": " + r.reason + " (" + when(r.at) + ")")));
}

const WORDS = { assigned: "Assigned", excess: "Excess: no access", pending: "Pending: not confirmed yet" };

function drawPeople() {
  const asked = at("find").value.trim().toLowerCase();
  const found = people.filter((p) => p.subject.toLowerCase().includes(asked));
  at("count").textContent = found.length > MOST ? "First " + MOST + " of " + number(found.length) : number(found.length) + (found.length === 1 ? " assignment" : " assignments");
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
    at("seen").textContent = "Updated " + new Date().toLocaleTimeString("en-GB");
  } catch (error) {
    at("seen").textContent = error instanceof TypeError ? "The agent isn't answering. It may have been stopped." : "";
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
  try { await call("DELETE", "/v1/assignments", { subject, allotment }); say("Released " + subject + "."); at("find").focus(); } catch (error) { complain(error.message); }
  await refresh();
}

function onSubmit(id, work) {
  at(id).addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter || at(id).querySelector("button"), work);
  });
}

onSubmit("token", async () => { sessionStorage.setItem("token", at("token-text").value); await call("GET", "/v1/license"); });
onSubmit("key", async () => { const { asking } = await call("PUT", "/v1/license", { key: at("key-text").value }); at("key-text").value = ""; say(asking ? "License key saved. It is used as soon as an admin accepts this deployment." : "License key accepted."); });
onSubmit("assign", async () => {
  const held = await call("POST", "/v1/assignments", { subject: at("who").value, allotment: at("what").value });
  say(held.subject + ": " + (WORDS[held.state] || held.state) + ".");
  at("who").value = ""; at("who").focus();
});
at("file").addEventListener("change", () => takeFiles([...at("file").files]));
for (const type of ["dragover", "dragleave", "drop"]) at("drop").addEventListener(type, (event) => {
  event.preventDefault();
  at("drop").classList.toggle("over", type === "dragover");
  if (type === "drop") takeFiles([...event.dataTransfer.files]);
});
at("sync").addEventListener("click", () => act(at("sync"), async () => { const { state } = await call("POST", "/v1/sync"); say(state === "waiting" ? "Requested. No admin has accepted this deployment yet." : state === "stopped" ? "" : "Synced."); }));
at("remove").addEventListener("click", () => {
  if (confirm(at("use").hidden ? "Remove the key from this machine? It then stops requesting access." : "Remove the license from this machine? Users can then no longer sign in.")) act(at("remove"), async () => { await call("DELETE", "/v1/license"); say("License removed."); });
});
at("find").addEventListener("input", drawPeople);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
refresh();
`;
