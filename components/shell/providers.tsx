"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import type { Preferences } from "./preferences";
import { PreferencesProvider } from "./preferences-provider";
import { cssVariables, theme } from "./theme";

type Props = { nonce: string; preferences: Preferences; children: ReactNode };

/**
 * Queries run whatever the browser says about being online: an installation on an internal network needs no internet.
 */
const ALWAYS = { defaultOptions: { queries: { networkMode: "always" } } } as const;

/** The nonce of the first render stays: a refreshed layout has a new one, which the page's policy doesn't allow. */
export function Providers({ nonce: latest, preferences, children }: Props) {
  const [nonce] = useState(latest);
  const [queries] = useState(() => new QueryClient(ALWAYS));
  setNonce(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <PreferencesProvider initial={preferences}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </PreferencesProvider>
    </MantineProvider>
  );
}
