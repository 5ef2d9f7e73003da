/** Without it the crumb of the page that was left would stay. */
export { default } from "../default";
