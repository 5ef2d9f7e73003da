/** A refusal of the agent: a code, and a sentence with what to do. */
export class AgentRefusal extends Error {
  constructor(
    readonly status: 403 | 404 | 409 | 413 | 422 | 503,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = "AgentRefusal";
  }
}
