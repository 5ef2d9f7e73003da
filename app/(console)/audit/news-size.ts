/** New events are counted up to this many. */
export const MOST_NEWS = 100;
