import { serveAgent } from "./serve";

/**
 * An agent in a process of its own that dies with SIGKILL at its nth step. Settings come as JSON in the environment,
 * since the process may die before it could ask for them; a running one takes a new number as a message.
 */
const { backend, data, killAt = -1 } = JSON.parse(process.env.VICTIM ?? "{}");
let stepsLeft = killAt;

process.on("message", (told: { stepsLeft: number }) => {
  stepsLeft = told.stepsLeft;
});

const { url } = await serveAgent({
  backend,
  data,
  port: 0,
  passed: () => {
    stepsLeft -= 1;
    if (stepsLeft === 0) process.kill(process.pid, "SIGKILL");
  },
});
process.stdout.write(`${url}\n`);
