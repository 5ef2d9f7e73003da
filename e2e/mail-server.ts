import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** An SMTP server in this process, and the mails that it received, with their lines joined. */
export type MailServer = { url: string; letters: string[]; stop(): Promise<void> };

export async function startMailServer(): Promise<MailServer> {
  const letters: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    allowInsecureAuth: true,
    onData: async (stream, _session, done) => {
      letters.push((await stream.toArray()).join("").replaceAll("=\r\n", ""));
      done();
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  const stop = () => new Promise<void>((done) => server.close(() => done()));
  return { letters, stop, url: `smtp://signet:mail-password@127.0.0.1:${port}` };
}
