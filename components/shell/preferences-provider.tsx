"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { PREFERENCES_COOKIE, type Preferences, readPreferences, writePreferences } from "./preferences";

type Preferring = Preferences & { prefer(change: Partial<Preferences>): void };

const Context = createContext<Preferring>({ ...readPreferences(), prefer: () => {} });
const YEAR_S = 365 * 24 * 3600;

export function usePreferences(): Preferring {
  return useContext(Context);
}

/** Provides the preferences. The server reads them from the cookie; changes apply at once and are saved. */
export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const prefer = useCallback(
    (change: Partial<Preferences>) => {
      const changed = { ...preferences, ...change };
      setPreferences(changed);
      keep(changed);
    },
    [preferences],
  );
  const shared = useMemo(() => ({ ...preferences, prefer }), [preferences, prefer]);
  return <Context value={shared}>{children}</Context>;
}

function keep(preferences: Preferences): void {
  const value = encodeURIComponent(writePreferences(preferences));
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API
  document.cookie = `${PREFERENCES_COOKIE}=${value}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
  document.documentElement.dataset.density = preferences.density;
}
