"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { cssVariables, theme } from "./theme";

/** The nonce of the first render stays: a refreshed layout brings another one, which the page's policy does not know. */
export function Providers({ nonce: latest, children }: { nonce: string; children: ReactNode }) {
  const [nonce] = useState(latest);
  const [queries] = useState(() => new QueryClient());
  setNonce(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <NuqsAdapter>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </NuqsAdapter>
    </MantineProvider>
  );
}
