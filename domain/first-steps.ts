/** What an installation holds of its own so far: no sample data, no throw-away copies. */
export type Beginnings = {
  /** An owner with a second factor, or one who signs in through an identity provider. */
  hasSafeOwner: boolean;
  /** Its first customer, and its first license. */
  customer: string | null;
  license: string | null;
  /** A key in use, with a product that its license is for. */
  key: { jti: string; license: string; product: string } | null;
  hasActivated: boolean;
};

export type StepName = "owner" | "customer" | "license" | "key" | "activation";

/** `next` is the first that is open; it is the one to do now. */
export type Step = { name: StepName; state: "done" | "next" | "open" };

/** The way from an empty installation to a product that works. Every step counts by what is there, whoever did it. */
export function firstSteps({ hasSafeOwner, customer, license, key, hasActivated }: Beginnings): Step[] {
  const steps: [StepName, boolean][] = [
    ["owner", hasSafeOwner],
    ["customer", customer !== null],
    ["license", license !== null],
    ["key", key !== null],
    ["activation", hasActivated],
  ];
  const next = steps.find(([, isDone]) => !isDone)?.[0];
  return steps.map(([name, isDone]) => ({ name, state: stateOf(isDone, name === next) }));
}

function stateOf(isDone: boolean, isNext: boolean): Step["state"] {
  if (isDone) return "done";
  return isNext ? "next" : "open";
}

/** A call of a product, to paste into a shell: it activates `key` at the door for a deployment of its own name. */
export function activationCall(door: string, product: string, key: string): string {
  return [
    `curl ${door}/v1/activations`,
    `-H ${quoted(`Authorization: Bearer ${key}`)}`,
    "-H 'Content-Type: application/json'",
    `-A ${quoted(`Licenses/1.0.0 (curl) ${product}`)}`,
    `-d '{"cause":"Initial","source":"first-steps"}'`,
  ].join(" \\\n  ");
}

/** What starts a Licenses service beside a product, in a folder with Signet: it calls the door and keeps what it learns. */
export function agentCall(door: string): string {
  return `npm run signet -- agent --backend ${door} --data ./agent-data`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
