import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it arrived: its envelope, its source, and parsed. */
export type ReceivedMail = {
  from: string;
  to: string[];
  source: string;
  mail: Email;
  header(name: string): string | undefined;
};

export type MailServer = { url: string; received: ReceivedMail[]; stop(): Promise<void> };

/** An SMTP server in this process, on a free port. It takes mails with any account, or without one. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    async onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const source = Buffer.concat(await stream.toArray());
      const mail = await PostalMime.parse(source);
      received.push({
        from: mailFrom ? mailFrom.address : "",
        to: rcptTo.map(({ address }) => address),
        source: source.toString(),
        mail,
        header: (name) => mail.headers.find(({ key }) => key === name)?.value,
      });
      done();
    },
    ...options,
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo; // it listens on TCP
  const stop = () => new Promise<void>((done) => server.close(() => done()));
  return { url: `smtp://127.0.0.1:${port}`, received, stop };
}
