export { DELETE, GET, PATCH, POST, PUT } from "@/api/mount";
