import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Definition } from "@/domain/licenses/definition";

/** A syntax error in a JSON text; lines count from 1. */
export type TextError = { line: number; sentence: string };

export function documentOf(definition: Definition): string {
  return JSON.stringify(definition, null, 2);
}

/** Parses a JSON text, or returns the position of its first error. */
export function readDocument(text: string): { document: unknown } | { fault: TextError } {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  if (!first) return { document: JSON.parse(text) };
  const sentence = `${spaced(printParseErrorCode(first.error))}.`;
  return { fault: { line: lineAt(text, first.offset), sentence } };
}

/** The line of the value that a JSON Pointer names, or of its nearest existing parent. */
export function lineOf(text: string, pointer: string): number {
  const root = parseTree(text);
  const path = pointer.split("/").slice(1).map(segment);
  for (let length = path.length; root && length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return lineAt(text, node.parent?.type === "property" ? node.parent.offset : node.offset);
  }
  return 1;
}

/** The start and end offsets of a line in a text. */
export function lineSpan(text: string, line: number): { from: number; to: number } {
  const lines = text.split("\n");
  const from = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  return { from, to: from + (lines[line - 1]?.length ?? 0) };
}

function segment(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Turns `PropertyNameExpected` into `Property name expected`. */
function spaced(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
