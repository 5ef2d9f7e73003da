/** `bin/bundle.mjs` puts the panel into a bundle. */
declare const PANEL: string | undefined;

/** The control panel: one page that carries all it needs and talks only to the local API. */
export async function panelPage(nonce: string): Promise<string> {
  return (await template()).replaceAll('nonce="NONCE"', `nonce="${nonce}"`);
}

/** The bundler drops the branch for runs from source, such as tests, and itself with it. */
async function template(): Promise<string> {
  return typeof PANEL === "string" ? PANEL : (await import("@/bin/panel.mjs")).makePanel();
}
