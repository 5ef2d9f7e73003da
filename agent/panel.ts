import { PANEL_SCRIPT } from "./panel-script";
import { PANEL_STYLE } from "./panel-style";

/** The control panel: one page that carries all it needs, and talks to the local API alone. */
export function panelPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>License of this machine</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${PANEL_STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
  <h1>License of this machine</h1>
  <p id="seen" class="quiet"></p>
</header>
<main id="main" tabindex="-1">
  <p id="said" role="status" class="said"></p>
  <p id="wrong" role="alert" class="wrong"></p>

  <form id="token" hidden>
    <h2>Token</h2>
    <p>Enter the token that this agent was started with.</p>
    <label for="token-text">Token</label>
    <input id="token-text" type="password" autocomplete="off" required>
    <button>Continue</button>
  </form>

  <div id="all" hidden>
    <section aria-labelledby="standing-title">
      <h2 id="standing-title">Status</h2>
      <p id="standing" class="badge"></p>
      <p id="refusal"></p>
      <ul id="warnings" class="warnings" aria-label="Warnings"></ul>
      <dl id="facts"></dl>
      <button id="sync" type="button">Sync now</button>
    </section>

    <section aria-labelledby="carry-title" id="carry" hidden>
      <h2 id="carry-title">Files to and from the backend</h2>
      <p>This site works without a network. Upload both logs to the backend, then bring its replies back.</p>
      <ul id="logs" class="logs"></ul>
      <div id="drop" class="drop">
        <label for="file">Renewed signed definition, or reply file</label>
        <p id="file-hint" class="quiet">Choose files, or drop them here.</p>
        <input id="file" type="file" multiple aria-describedby="file-hint">
      </div>
    </section>

    <section aria-labelledby="key-title" id="keys">
      <h2 id="key-title">Signed license key</h2>
      <form id="key">
        <label for="key-text">Paste the key as the vendor sent it</label>
        <p id="key-hint" class="quiet">Line breaks and quote marks from e-mails are ignored.</p>
        <textarea id="key-text" rows="5" spellcheck="false" autocomplete="off" aria-describedby="key-hint key-error" required></textarea>
        <p id="key-error" class="bad-text"></p>
        <div class="row">
          <button>Enter key</button>
          <button id="remove" type="button" class="plain" hidden>Remove license</button>
        </div>
      </form>
    </section>

    <section aria-labelledby="use-title" id="use" hidden>
      <h2 id="use-title">Usage</h2>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="use-title">
        <table>
          <caption class="hidden">Seats and minutes of this license</caption>
          <thead><tr><th scope="col">Allotment</th><th scope="col" class="number">Used</th><th scope="col" class="number">Entitled</th><th scope="col">Pending</th></tr></thead>
          <tbody id="pools"></tbody>
        </table>
      </div>
    </section>

    <section aria-labelledby="people-title" id="people" hidden>
      <h2 id="people-title">Assignments</h2>
      <form id="assign" class="row">
        <div><label for="who">User</label><input id="who" autocomplete="off" maxlength="200" required></div>
        <div><label for="what">Allotment</label><select id="what" required></select></div>
        <button>Assign</button>
      </form>
      <label for="find">Find a user</label>
      <input id="find" type="search" autocomplete="off">
      <p id="count" class="quiet" role="status"></p>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="people-title">
        <table>
          <caption class="hidden">Users with a seat</caption>
          <thead><tr><th scope="col">User</th><th scope="col">Allotment</th><th scope="col">State</th><th scope="col"><span class="hidden">Release</span></th></tr></thead>
          <tbody id="seats"></tbody>
        </table>
      </div>
      <h3 id="refused-title" hidden>Recent rejections</h3>
      <ul id="refused"></ul>
    </section>
  </div>
</main>
<script nonce="${nonce}">${PANEL_SCRIPT}</script>
</body>
</html>`;
}
