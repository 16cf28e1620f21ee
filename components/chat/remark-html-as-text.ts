import type { Nodes, Parent, Root } from "mdast";

/** Shows HTML in an answer as the characters it is made of: a model's output is never markup of ours. */
export function remarkHtmlAsText() {
  return (tree: Root): void => visit(tree);
}

function visit(node: Nodes): void {
  if (!("children" in node)) return;
  const parent = node as Parent;
  parent.children = parent.children.map((child) => {
    if (child.type === "html") return { type: "text", value: child.value };
    visit(child);
    return child;
  });
}
