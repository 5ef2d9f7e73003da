import { perProcess } from "@/server/store/per-process";
import { createApi } from "./app";

/** Passes a request of the console's port to the API. */
function mount(request: Request): Response | Promise<Response> {
  return perProcess("api", () => createApi({ clock: () => new Date() })).fetch(request);
}

export { mount as DELETE, mount as GET, mount as OPTIONS, mount as PATCH, mount as POST, mount as PUT };
