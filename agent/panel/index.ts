/** `bin/bundle.mjs` puts the panel into a bundle. */
declare const PANEL: string | undefined;

/** The control panel: one self-contained page that calls only the local API. */
export async function panelPage(nonce: string): Promise<string> {
  return (await template()).replaceAll('nonce="NONCE"', `nonce="${nonce}"`);
}

/** The bundler removes the branch for runs from source, such as tests, and with it its own import. */
async function template(): Promise<string> {
  return typeof PANEL === "string" ? PANEL : (await import("@/bin/panel.mjs")).makePanel();
}
