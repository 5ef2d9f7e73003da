import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

/** A mail as it arrived, parsed. */
export type ReceivedMail = { to: string[]; mail: Email; header(name: string): string | undefined };

/** A mail server on a free port for one test, and the mails that it received. */
export async function testMailServer(options: SMTPServerOptions = {}) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    async onData(stream, { envelope }, done) {
      const mail = await PostalMime.parse(Buffer.concat(await stream.toArray()));
      const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
      received.push({ to: envelope.rcptTo.map(({ address }) => address), mail, header });
      done();
    },
    ...options,
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return { received, SMTP_URL: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}` };
}
