import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useState } from "react";
import type { UserRow } from "@/app/(console)/users/user-rows";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { whyNoKey } from "@/domain/pasted-key";
import type { Role } from "@/domain/roles";
import { type Entry, isLike } from "./entries";
import {
  type FoundPerson,
  type FoundThings,
  keyEntry,
  personEntries,
  recentEntries,
  thingEntries,
  userEntries,
} from "./found-entries";
import { jumpEntries, ownEntries, pageEntries, termEntries } from "./own-entries";
import { isSecret, readPastedKey } from "./pasted-key";
import { recents } from "./recents";

const TYPING_MS = 60;

/** Interprets the text; a text that may hold a secret is never searched for. */
function meant(text: string) {
  const key = readPastedKey(text);
  const name = text.startsWith("@") ? text.slice(1).trim() : null;
  const query = isSecret(text) || name !== null ? "" : text.trim();
  return { key, name: name !== null && isSecret(name) ? "" : name, query };
}

/** The entries for a text: local ones at once, the server's as they arrive. */
export function useEntries(
  text: string,
  role: Role,
): { entries: Entry[]; isLooking: boolean; away: boolean } {
  const path = usePathname();
  const dates = useDateStyle();
  const license = parseLicenseNumber(path.split("/")[2] ?? "");
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const { key, name, query } = meant(text);
  const asked = meant(settled);
  const [onPage] = useState(pageEntries);
  const [recent] = useState(() => recents(path));

  const wish = asked.key ? { query: asked.key.jti } : { query: asked.query, license: license ?? undefined };
  const things = useAsk<FoundThings>("/find", wish, wish.query !== "");
  const again = useAsk<FoundThings>("/find", { recent }, text === "");
  const people = useAsk<{ people: FoundPerson[]; users: UserRow[] }>(
    "/find/people",
    asked.name === null ? { query: asked.query, license: license ?? undefined } : { query: asked.name },
    asked.name ? true : license !== null && asked.query.length > 1,
  );
  const queries = [things, again, people];
  const state = {
    isLooking: text !== settled || queries.some(({ isFetching }) => isFetching),
    away: queries.some(({ isError }) => isError),
  };
  if (key)
    return { ...state, entries: [keyEntry(key, settled === text ? things.data?.keys : undefined, dates)] };
  if (isSecret(text)) return { ...state, entries: [unreadable(text)] };
  const { people: seated = [], users = [] } = (settled === text && people.data) || {};
  const found = [...personEntries(seated), ...userEntries(users)];
  if (name !== null) return { ...state, entries: found };
  const own = [...ownEntries({ role, license }), ...onPage, ...(query ? termEntries() : [])];
  return {
    ...state,
    entries: [
      ...jumpEntries(text),
      ...own.filter((entry) => isLike(entry.name, query)),
      ...(query === "" && again.data ? recentEntries(again.data) : []),
      ...(settled === text && things.data ? thingEntries(things.data, dates) : []),
      ...found,
    ],
  };
}

function unreadable(text: string): Entry {
  const hint = `${whyNoKey(text)} It was not sent anywhere.`;
  return { id: "unreadable", group: "Key", name: "This can't be searched", hint, tells: true };
}

function useAsk<Answer>(path: string, body: object, enabled: boolean) {
  return useQuery({
    queryKey: [path, body],
    queryFn: async ({ signal }): Promise<Answer> => {
      const headers = { "Content-Type": "application/json" };
      const result = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
      if (!result.ok) throw new Error(`The palette was answered ${result.status}.`);
      return result.json();
    },
    enabled,
    staleTime: 10_000,
    gcTime: 60_000,
    retry: false,
  });
}
