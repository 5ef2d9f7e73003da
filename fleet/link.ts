import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The delivery of a request: lost before it arrives, lost on the way back, or answered by something in between. */
export type Delivery = "passed" | "lost" | "reply lost" | { answer: string };

/** The network between one agent and the product API. */
export type Link = {
  /** The address that the agent uses as its backend. */
  url: string;
  /** Cuts the link, including requests under way. */
  cut(): void;
  close(): Promise<void>;
};

/** After this time the product API may be about to close an idle connection: a new one is opened instead. */
const FRESH_MS = 2000;

/** Opens a link to the product API at a port. `fateOf` is called once for every request. */
export async function openLink(port: number, fateOf: () => Delivery): Promise<Link> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer({ noDelay: true }, (agent) => {
    if (isCut) return void agent.destroy();
    keep(sockets, agent);
    relay(agent, () => keep(sockets, connect({ port, host: "127.0.0.1", noDelay: true })), fateOf);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const close = async () => {
    cut();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${portOf(server.address())}`, cut, close };
}

/** Each connection has one request at a time; the first bytes after a response begin the next request. */
function relay(agent: Socket, dial: () => Socket, deliveryOf: () => Delivery): void {
  let door: Socket | null = null;
  let lastAt = 0;
  let delivery: Delivery | null = null;

  const reached = () => {
    if (door && !door.destroyed && performance.now() - lastAt < FRESH_MS) return door;
    door?.destroy();
    const fresh = dial();
    fresh.on("data", (bytes) => back(bytes));
    fresh.on("close", () => fresh === door && delivery !== null && agent.destroy());
    door = fresh;
    return fresh;
  };

  const back = (bytes: Buffer) => {
    lastAt = performance.now();
    if (delivery === "reply lost") return void agent.destroy();
    delivery = null;
    agent.write(bytes);
  };

  agent.on("data", (bytes) => {
    const isFirst = delivery === null;
    delivery ??= deliveryOf();
    if (delivery === "lost") return void agent.destroy();
    if (typeof delivery === "object") {
      if (isFirst) agent.end(delivery.answer);
      return;
    }
    (isFirst ? reached() : door)?.write(bytes);
  });
  agent.on("close", () => door?.destroy());
}

function keep(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => sockets.delete(socket));
  return socket;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  if (address === null || typeof address === "string") throw new Error("The link has no port.");
  return address.port;
}
