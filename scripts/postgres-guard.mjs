// Lives as long as the process that started it, whose end closes our input: then ends the PostgreSQL and removes it.
import { rmSync } from "node:fs";

const [, , ...homes] = process.argv;
let pid = 0;

process.stdin.setEncoding("utf8");
process.stdin.on("data", (lines) => {
  pid = Number(lines.trim().split("\n").at(-1));
});
process.stdin.on("end", end);

function end() {
  if (signal("SIGINT")) setTimeout(end, 100);
  else for (const home of homes) rmSync(home, { recursive: true, force: true });
}

/** Sends a signal; returns whether the server was there to receive it. */
function signal(name) {
  try {
    return pid > 0 && process.kill(pid, name);
  } catch {
    return false;
  }
}
