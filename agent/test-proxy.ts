import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

const PASSWORD = `Basic ${Buffer.from("acme:open sesame").toString("base64")}`;

/** A forward proxy that requires a password: CONNECT for TLS, absolute addresses for the rest. */
export class TestProxy {
  readonly passed: string[] = [];
  isDown = false;
  refuses = false;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<TestProxy> {
    const server = createServer();
    const proxy = new TestProxy(server);
    server.on("connect", (asked: IncomingMessage, socket: Socket) => proxy.tunnel(asked, socket));
    server.on("request", (asked: IncomingMessage, response: ServerResponse) =>
      proxy.forward(asked, response),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return proxy;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  url(user = "acme:open%20sesame"): string {
    return `http://${user}@127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private tunnel(asked: IncomingMessage, socket: Socket): void {
    socket.on("error", () => {});
    if (this.isDown) return void socket.destroy();
    if (asked.headers["proxy-authorization"] !== PASSWORD)
      return void socket.end(
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
      );
    if (this.refuses) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    this.passed.push(`CONNECT ${asked.url}`);
    const [host, port] = (asked.url ?? "").split(":");
    const there = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.pipe(socket).pipe(there);
    });
    there.on("error", () => socket.destroy());
  }

  private forward(asked: IncomingMessage, response: ServerResponse): void {
    if (this.isDown) return void asked.socket.destroy();
    if (asked.headers["proxy-authorization"] !== PASSWORD)
      return void response.writeHead(407).end("<html>Who are you?</html>");
    this.passed.push(`${asked.method} ${asked.url}`);
    const there = request(asked.url ?? "", { method: asked.method, headers: asked.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    asked.pipe(there);
  }
}
