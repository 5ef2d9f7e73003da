/** Light and dark by the system; every pair of colours has a contrast of 4.5 or more. */
export const PANEL_STYLE = `
:root {
  --body: #f7f6f3; --surface: #fefdfc; --text: #1c1f28; --text-2: #464a56; --line: #dbd9d3; --control: #848077;
  --ink: #294598; --on-ink: #fefdfc; --ink-hover: #1e3576; --ring: #3556b1;
  --good: #18705e; --good-tint: #e2f5ef; --warn: #835a00; --warn-tint: #fbeedc; --bad: #b32322; --bad-tint: #ffebe8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --body: #11141a; --surface: #181c23; --text: #e9ebef; --text-2: #bdc1c9; --line: #333843; --control: #757a87;
    --ink: #96b0eb; --on-ink: #11141a; --ink-hover: #bdcef3; --ring: #96b0eb;
    --good: #8bcdbb; --good-tint: #1a332d; --warn: #dfb777; --warn-tint: #3a2b12; --bad: #ffa196; --bad-tint: #442320;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--body); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main { max-width: 880px; margin: 0 auto; padding: 0 16px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding-top: 24px; }
h1 { font: 600 24px/32px Georgia, "Times New Roman", serif; margin: 0 auto 0 0; }
h2 { font: 600 18px/24px Georgia, "Times New Roman", serif; margin: 0 0 12px; }
h3 { font-size: 15px; margin: 16px 0 4px; }
p { margin: 0 0 8px; }
main { padding-bottom: 48px; outline: none; }
section, #token { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin-top: 16px; }
.quiet, dt { color: var(--text-2); }
.said:empty, .wrong:empty, .bad-text:empty, #refusal:empty, .warnings:empty, #refused:empty, .badge:empty { display: none; }
.drop { border: 1px dashed var(--control); border-radius: 6px; padding: 12px; margin-top: 12px; }
.drop.over { border-color: var(--ring); background: var(--body); }
.logs { margin: 0; padding: 0; list-style: none; }
.logs li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 4px 0; }
.said, .wrong { border-radius: 6px; padding: 8px 12px; margin: 16px 0 0; }
.said { background: var(--good-tint); color: var(--good); }
.wrong { background: var(--bad-tint); color: var(--bad); }
.badge { display: inline-block; padding: 2px 10px; border-radius: 4px; font-weight: 600; }
.bad-text { color: var(--bad); margin: 8px 0 0; }
.good { background: var(--good-tint); color: var(--good); }
.wait { background: var(--warn-tint); color: var(--warn); }
.bad { background: var(--bad-tint); color: var(--bad); }
.warnings { list-style: none; padding: 0; margin: 0 0 8px; }
.warnings li { background: var(--warn-tint); color: var(--warn); border-radius: 6px; padding: 8px 12px; margin-bottom: 4px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0 16px; }
dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; margin-bottom: 4px; }
input, textarea, select, button { font: inherit; color: inherit; border-radius: 6px; min-height: 40px; }
input, textarea, select { width: 100%; background: var(--body); border: 1px solid var(--control); padding: 8px 10px; }
textarea { font: 13px/1.4 ui-monospace, monospace; resize: vertical; }
button { background: var(--ink); color: var(--on-ink); border: 1px solid var(--ink); padding: 8px 16px; cursor: pointer; }
button:hover { background: var(--ink-hover); }
button.plain { background: transparent; color: var(--ink); }
button.plain:hover { text-decoration: underline; }
button[disabled] { opacity: .6; cursor: progress; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin: 8px 0 16px; }
form > .row:last-child { margin-bottom: 0; }
.row > div { flex: 1 1 200px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 8px; border-bottom: 1px solid var(--line); }
td:first-child { overflow-wrap: break-word; max-width: 24em; }
th { font-weight: 600; color: var(--text-2); white-space: nowrap; }
td button { min-height: 32px; padding: 2px 10px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 8px; background: var(--surface); padding: 8px; }
[hidden] { display: none !important; }
@media (max-width: 480px) { dl { display: block; } dd { margin-bottom: 8px; } }
@media (pointer: coarse) { button, input, select, td button { min-height: 44px; } }
`;
