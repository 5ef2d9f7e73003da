import { beginWay } from "./components/way-ahead";

/** Next tells of each way to another page here, inside the transition that ends where the page is shown. */
export const onRouterTransitionStart = beginWay;
