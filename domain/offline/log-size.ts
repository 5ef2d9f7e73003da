/** The maximum size of an offline log in one upload. */
export const MAX_LOG_BYTES = 64 * 1024 * 1024;

export const LOG_TOO_LARGE = "A log can have at most 64 MiB. Start a new one at the deployment.";
