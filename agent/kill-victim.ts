import { serveAgent } from "./serve";

/**
 * An agent in a process of its own that dies with SIGKILL at its nth step. Settings come as JSON in the environment,
 * because a process that is about to be killed has nobody to ask.
 */
const { backend, data, killAt } = JSON.parse(process.env.VICTIM ?? "{}");
let steps = 0;

const { url } = await serveAgent({
  backend,
  data,
  port: 0,
  passed: () => {
    steps += 1;
    if (steps === killAt) process.kill(process.pid, "SIGKILL");
  },
});
process.stdout.write(`${url}\n`);
