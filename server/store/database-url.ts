/** A PostgreSQL as a connection string names it: one server, or several of which one accepts writes. */
export type Database = {
  /** A connection string for each server, in the order in which they are tried. */
  servers: string[];
  /** The kind of session that is required. */
  session: Session;
  /** The address that may be shown: without user, password and options. */
  place: string;
};

type Session = "any" | "read-write" | "primary" | "standby";

/** The kinds of session that a connection string may require; the first is the default. */
type Sessions = readonly [Session, ...Session[]];
const FOR_WRITING: Sessions = ["any", "read-write", "primary"];
const FOR_READING: Sessions = ["standby"];

const FORM = /^(postgres(?:ql)?:\/\/)((?:[^/?#]*@)?)([^@/?#]*)([^?#]*)(.*)$/;

/**
 * Parses `postgres://user:password@one:5432,two/database?target_session_attrs=read-write`. The driver supports only
 * one server, so each gets a connection string of its own. Throws a sentence that follows the name of the setting.
 */
export function parseDatabaseUrl(text: string, sessions = FOR_WRITING): Database {
  const [, scheme, user = "", hosts = "", path = "", query = ""] = FORM.exec(text) ?? [];
  if (!scheme) throw new Error("must begin with postgres://");
  const asked = new URLSearchParams(query);
  const session = sessionOf(asked.get("target_session_attrs") ?? sessions[0], sessions);
  asked.delete("target_session_attrs");
  const rest = asked.size > 0 ? `?${asked}` : "";
  const servers = hosts.split(",").map((host) => `${scheme}${user}${host}${path}${rest}`);
  for (const server of servers)
    if (!URL.canParse(server)) throw new Error("is not a valid connection string");
  return { servers, session, place: `postgres://${hosts}${path}` };
}

/** The same for a read replica: of several servers, the first that is a standby is used. */
export function parseReadUrl(text: string): Database {
  return parseDatabaseUrl(text, FOR_READING);
}

function sessionOf(asked: string, sessions: Sessions): Session {
  const known = sessions.find((session) => session === asked);
  if (!known) throw new Error(`has target_session_attrs=${asked}; it can be ${sessions.join(", ")}`);
  return known;
}
