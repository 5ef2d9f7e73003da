/** What an installation has of its own so far, without sample data and temporary copies. */
export type Beginnings = {
  /** Whether an owner has a second factor or signs in through an identity provider. */
  hasSafeOwner: boolean;
  /** The first customer and its first license. */
  customer: string | null;
  license: string | null;
  /** A key in use, with a product that its license covers. */
  key: { jti: string; license: string; product: string } | null;
  hasActivated: boolean;
};

export type StepName = "owner" | "customer" | "license" | "key" | "activation";

/** `next` is the first open step, the one to do now. */
export type Step = { name: StepName; state: "done" | "next" | "open" };

/** The steps from an empty installation to a working product. A step is done if its result exists, whoever did it. */
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

/** A call of a product, to paste into a shell: it activates `key` at the product API for a deployment of that name. */
export function activationCall(door: string, product: string, key: string): string {
  return [
    `curl ${door}/v1/activations`,
    `-H ${quoted(`Authorization: Bearer ${key}`)}`,
    "-H 'Content-Type: application/json'",
    `-A ${quoted(`Licenses/1.0.0 (curl) ${product}`)}`,
    `-d '{"cause":"Initial","source":"first-steps"}'`,
  ].join(" \\\n  ");
}

/**
 * The command that starts a Licenses service beside a product, in a folder with Signet: it calls the product API and
 * keeps what it receives.
 */
export function agentCall(door: string): string {
  return `npm run signet -- agent --backend ${door} --data ./agent-data`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
