import { createApi } from "@/api/app";
import { type ApiResponse, requestDescribed } from "@/api/test-responses";
import type { GroupMapping } from "@/domain/scim/scim-connection";
import { SYSTEM } from "@/server/access/actor";
import { createConnection, type NewConnection } from "@/server/scim/connections";
import { NOW, OWNER } from "@/server/testing/test-licenses";

let tick = 0;
/** A clock that moves on with every call, so that two changes never happen at one moment. */
export const clock = () => new Date(NOW.getTime() + ++tick);

const app = createApi({ clock });

export type Directory = {
  id: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiResponse>;
  /** Creates a user and returns the id. */
  user(userName: string, more?: object): Promise<string>;
  /** Creates a group with members and returns the id. */
  group(displayName: string, ...members: string[]): Promise<string>;
  patch(path: string, ...operations: object[]): Promise<ApiResponse>;
};

type Wanted = Partial<NewConnection> & { license?: string; customers?: string[]; groups?: GroupMapping[] };

/** A new connection, which changes seats, and the calls of its directory. */
export async function connectDirectory(wanted: Wanted): Promise<Directory> {
  const settings = { name: "Directory", subject: "userName", groups: [], report: false, ...wanted };
  const { id, token } = await createConnection(OWNER, settings, SYSTEM, NOW);
  return directoryOf(id, token);
}

function directoryOf(id: string, token: string): Directory {
  const call: Directory["call"] = (method, path, body, headers = {}) =>
    requestDescribed(app, `/scim/v2${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "Content-Type": "application/scim+json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const created = async (path: string, body: object): Promise<string> => {
    const response = await call("POST", path, body);
    if (response.status !== 201) throw new Error(`${response.status} ${response.body.detail}`);
    return response.body.id;
  };
  return {
    id,
    call,
    user: (userName, more = {}) =>
      created("/Users", { schemas: [USER], userName, externalId: `x-${userName}`, active: true, ...more }),
    group: (displayName, ...members) =>
      created("/Groups", { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) }),
    patch: (path, ...Operations) => call("PATCH", path, { schemas: [PATCH], Operations }),
  };
}

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
