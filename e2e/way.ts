import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer, type TlsOptions } from "node:tls";

/** The network between an agent and a door: it keeps its address, can be cut, and can lead elsewhere. */
export class Way {
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
    private target: URL | null,
  ) {
    this.server.on(scheme === "https" ? "secureConnection" : "connection", (socket) => this.pass(socket));
    this.server.on("tlsClientError", () => {}); // One who does not trust us hangs up.
  }

  /** With `tls` it speaks TLS on its near side, as a proxy before a door does. */
  static async to(target: string, tls?: TlsOptions): Promise<Way> {
    const server = tls ? createSecureServer(tls) : createServer();
    const way = new Way(server, tls ? "https" : "http", new URL(target));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return way;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // A TCP server's address is always of this form.
    return `${this.scheme}://127.0.0.1:${port}`;
  }

  /** Whoever is connected is cut off; null leads nowhere. */
  lead(target: string | null): void {
    this.target = target === null ? null : new URL(target);
    for (const socket of this.open) socket.destroy();
  }

  close(): void {
    this.lead(null);
    this.server.close();
  }

  private pass(near: Socket): void {
    this.track(near);
    if (!this.target) return void near.destroy();
    const far = connect({ host: this.target.hostname, port: Number(this.target.port) });
    this.track(far);
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  }

  private track(socket: Socket): void {
    this.open.add(socket);
    socket.on("error", () => {}).once("close", () => this.open.delete(socket));
  }
}
