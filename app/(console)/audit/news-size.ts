/** New events are counted up to this number. */
export const MOST_NEWS = 100;
