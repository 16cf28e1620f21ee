import type { Nodes, Parent, PhrasingContent, Root, Text } from "mdast";

const REFERENCE = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

/** Turns `[1]`, `[1, 2]` in running text into `<cite data-n>` elements. Code is not text here, so it stays as it is. */
export function remarkCitations() {
  return (tree: Root): void => visit(tree);
}

function visit(node: Nodes): void {
  if (!("children" in node)) return;
  const parent = node as Parent;
  parent.children = parent.children.flatMap((child): Parent["children"] => {
    if (child.type === "text") return split(child);
    visit(child);
    return [child];
  });
}

function split(text: Text): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const match of text.value.matchAll(REFERENCE)) {
    if (match.index > from) parts.push({ type: "text", value: text.value.slice(from, match.index) });
    for (const n of (match[1] ?? "").split(",")) parts.push(citation(Number(n)));
    from = match.index + match[0].length;
  }
  if (from === 0) return [text];
  if (from < text.value.length) parts.push({ type: "text", value: text.value.slice(from) });
  return parts;
}

function citation(n: number): PhrasingContent {
  return {
    type: "text",
    value: `[${n}]`,
    data: { hName: "cite", hProperties: { dataN: n }, hChildren: [{ type: "text", value: String(n) }] },
  };
}
