/** The API of the agent for programs that embed it or call it. */
export { type Agent, type AgentOptions, openAgent } from "./agent";
export { AgentRefusal } from "./agent-refusal";
export { type AgentClient, type AgentClientOptions, AgentError, agentClient } from "./client";
export type { Clock } from "./clock";
export { type Served, type ServeOptions, serveAgent } from "./serve";
