import "@fontsource-variable/ibm-plex-sans/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-code-pro/wght.css";
import "@mantine/core/styles.layer.css";
import "./globals.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { FocusHeading } from "@/components/shell/focus-heading";
import { PREFERENCES_COOKIE, readPreferences } from "@/components/shell/preferences";
import { Providers } from "@/components/shell/providers";

export const metadata: Metadata = {
  title: { default: "Signet", template: "%s · Signet" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/**
 * Fonts that nearly every page needs at once. Discovered through the style sheet, they would arrive after the first
 * paint.
 */
const FONTS = [
  new URL("@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2", import.meta.url),
  new URL(
    "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
    import.meta.url,
  ),
];

/** Reading the headers makes every page dynamic, which nonces require. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  for (const { pathname } of FONTS)
    preload(pathname, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  const preferences = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return (
    <html lang="en" data-density={preferences.density} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />
      </head>
      <body>
        <Providers nonce={nonce} preferences={preferences}>
          <FocusHeading />
          {children}
        </Providers>
      </body>
    </html>
  );
}
