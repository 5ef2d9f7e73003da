const EVERY_MS = 500;

/**
 * npm and npx start a command through a shell, and a SIGTERM ends only the shell: this process would be left running
 * unnoticed. So the end of its launcher counts as a SIGTERM.
 */
export function endWithLauncher() {
  if (!process.env.npm_command || process.platform === "win32") return;
  const launcher = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, EVERY_MS);
  watch.unref();
}
