"use client";

import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import { cssVariables, theme } from "./theme";

/** The nonce of the first render stays: a refreshed layout brings another one, which the page's policy does not know. */
export function Providers({ nonce: latest, children }: { nonce: string; children: ReactNode }) {
  const [nonce] = useState(latest);
  setNonce(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
