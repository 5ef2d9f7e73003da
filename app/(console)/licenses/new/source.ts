/** What the form was filled in from: a template by its id, another license, or a license file. */
export type Source = string;
export const COPY: Source = "copy";
export const FILE: Source = "file";
