import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer, type TlsOptions } from "node:tls";

/** A network link between two programs: its address stays the same, and it can be cut, silenced, or redirected. */
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
    this.server.on("tlsClientError", () => {}); // A client that doesn't trust the certificate hangs up.
  }

  /** With `tls` it terminates TLS, like a proxy in front of the product API. */
  static async to(target: string, tls?: TlsOptions): Promise<NetworkLink> {
    const server = tls ? createSecureServer(tls) : createServer();
    const link = new NetworkLink(server, tls ? "https" : "http", new URL(target));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return link;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // A TCP server's address always has this form.
    return `${this.scheme}://127.0.0.1:${port}`;
  }

  /** Redirects the link and cuts all connections; null leads nowhere. */
  redirect(target: string | null): void {
    this.target = target === null ? null : new URL(target);
    for (const socket of this.open) socket.destroy();
  }

  /**
   * Silences open connections without closing them, like a firewall that forgot them; with `newToo` new ones too, until
   * `resume`. With `responsesOnly` responses are lost, and requests still arrive.
   */
  silence({ newToo = false, responsesOnly = false } = {}): void {
    this.isSilent = newToo;
    for (const [near, far] of this.pairs) {
      far.unpipe(near).resume();
      if (!responsesOnly) near.unpipe(far).resume();
    }
    this.pairs = [];
  }

  /** Silences the responses of a connection once it has sent `word`; its requests still arrive. */
  silenceAfter(word: string): void {
    for (const [near, far] of this.pairs) {
      const listen = (chunk: Buffer) => {
        if (!chunk.includes(word)) return;
        near.off("data", listen);
        far.unpipe(near).resume();
      };
      near.on("data", listen);
    }
  }

  /** Lets new connections through again; silenced ones stay silent. */
  resume(): void {
    this.isSilent = false;
  }

  close(): void {
    this.redirect(null);
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

  /** Ends the other side with one side, unless the connection is silenced. */
  private end(closed: Socket, other: Socket): void {
    const isConnected = this.pairs.some((pair) => pair.includes(closed));
    this.pairs = this.pairs.filter((pair) => !pair.includes(closed));
    if (isConnected) other.destroy();
  }

  private track(socket: Socket): void {
    this.open.add(socket);
    socket.on("error", () => {}).once("close", () => this.open.delete(socket));
  }
}
