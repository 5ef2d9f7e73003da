import { perProcess } from "@/server/store/per-process";
import { createApi } from "./app";

/** The API of this process, as the console's port serves it. */
export function servedApi() {
  return perProcess("api", () => createApi({ clock: () => new Date() }));
}

/** Passes a request of the console's port to the API. */
function mount(request: Request): Response | Promise<Response> {
  return servedApi().fetch(request);
}

export { mount as DELETE, mount as GET, mount as OPTIONS, mount as PATCH, mount as POST, mount as PUT };
