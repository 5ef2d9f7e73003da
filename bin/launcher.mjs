const EVERY_MS = 500;

/**
 * npm and npx start a command through a shell, and a SIGTERM ends only the shell: this process would be left behind
 * without anybody who knows of it. So it takes the end of its launcher as a SIGTERM of its own.
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
