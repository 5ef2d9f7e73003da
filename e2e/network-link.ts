import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer, type TlsOptions } from "node:tls";

/** The network between two that talk: it keeps its address, can be cut, can fall silent, and can lead elsewhere. */
export class NetworkLink {
  private readonly open = new Set<Socket>();
  private pairs: [Socket, Socket][] = [];
  private isSilent = false;

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
    private target: URL | null,
  ) {
    this.server.on(scheme === "https" ? "secureConnection" : "connection", (socket) => this.pass(socket));
    this.server.on("tlsClientError", () => {}); // One who does not trust us hangs up.
  }

  /** With `tls` it speaks TLS on its near side, as a proxy before a door does. */
  static async to(target: string, tls?: TlsOptions): Promise<NetworkLink> {
    const server = tls ? createSecureServer(tls) : createServer();
    const way = new NetworkLink(server, tls ? "https" : "http", new URL(target));
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

  /**
   * What is open stays open and nothing passes any more, as after a firewall forgot it; with `andNew` new ones too, until
   * `speak`. `answers` alone are lost when what was asked still arrives.
   */
  hush({ andNew = false, answers = false } = {}): void {
    this.isSilent = andNew;
    for (const [near, far] of this.pairs) {
      far.unpipe(near).resume();
      if (!answers) near.unpipe(far).resume();
    }
    this.pairs = [];
  }

  /** Lets a connection that asks for `word` next have no answer any more, while what it asks still arrives. */
  hushAfter(word: string): void {
    for (const [near, far] of this.pairs) {
      const listen = (chunk: Buffer) => {
        if (!chunk.includes(word)) return;
        near.off("data", listen);
        far.unpipe(near).resume();
      };
      near.on("data", listen);
    }
  }

  /** New connections pass again; those that were silenced stay so. */
  speak(): void {
    this.isSilent = false;
  }

  close(): void {
    this.lead(null);
    this.server.close();
  }

  private pass(near: Socket): void {
    this.track(near);
    if (!this.target) return void near.destroy();
    if (this.isSilent) return void near.on("data", () => {});
    const far = connect({ host: this.target.hostname, port: Number(this.target.port) });
    this.track(far);
    this.pairs.push([near, far]);
    near.pipe(far).pipe(near);
    near.once("close", () => this.end(near, far));
    far.once("close", () => this.end(far, near));
  }

  /** The end of one side is the other's, unless nothing passes between them any more. */
  private end(closed: Socket, other: Socket): void {
    const isSpeaking = this.pairs.some((pair) => pair.includes(closed));
    this.pairs = this.pairs.filter((pair) => !pair.includes(closed));
    if (isSpeaking) other.destroy();
  }

  private track(socket: Socket): void {
    this.open.add(socket);
    socket.on("error", () => {}).once("close", () => this.open.delete(socket));
  }
}
