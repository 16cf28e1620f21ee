import { XMLParser } from "fast-xml-parser";
import { UnreadableFileError } from "../books";

/** An element as fast-xml-parser gives it: text, or children by name, one or a list of each. */
export type XmlNode = string | { [name: string]: XmlNode | XmlNode[] } | undefined;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  // Amounts and identifiers stay text: a number would lose zeros and cents.
  parseTagValue: false,
  parseAttributeValue: false,
});

/** Parses an XML bank statement. A document type is refused, because it can define entities that expand without end. */
export function parseXml(text: string): XmlNode {
  if (/<!DOCTYPE/i.test(text)) throw new UnreadableFileError("bank_transactions", "a document type is not accepted");
  try {
    return parser.parse(text, true) as XmlNode;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableFileError("bank_transactions", `not well-formed: ${reason}`);
  }
}

/** All elements at `path`, whether the document has none, one or many at each level. */
export function elements(node: XmlNode, ...path: string[]): XmlNode[] {
  let level: XmlNode[] = [node];
  for (const name of path) {
    level = level.flatMap((parent) => {
      if (typeof parent !== "object" || !Object.hasOwn(parent, name)) return [];
      const child = parent[name];
      return Array.isArray(child) ? child : [child];
    });
  }
  return level;
}

/** The text of the first element at `path`, or an empty string. */
export function textAt(node: XmlNode, ...path: string[]): string {
  const [first] = elements(node, ...path);
  if (typeof first === "string") return first.trim();
  const text = typeof first === "object" ? first["#text"] : undefined;
  return typeof text === "string" ? text.trim() : "";
}
