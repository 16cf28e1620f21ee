import type { Literal, Nodes, Parent, Root } from "mdast";
import { Fragment, type ReactNode } from "react";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Range } from "./highlight";
import { MarkedText } from "./marked-text";

interface DocumentMarkdownProps {
  tree: Root;
  /** Characters of the source to highlight. */
  range: Range | null;
}

/** A document's Markdown as it reads, with a range of its source characters marked. No HTML, no images, no live links. */
export function DocumentMarkdown({ tree, range }: DocumentMarkdownProps) {
  return childrenOf(tree, range);
}

const startOf = (node: Nodes): number => node.position?.start.offset ?? 0;

function childrenOf(parent: Parent, range: Range | null): ReactNode {
  return parent.children.map((node) => <Fragment key={startOf(node)}>{elementOf(node, range)}</Fragment>);
}

const marked = (node: Nodes & Literal, range: Range | null): ReactNode => (
  <MarkedText text={node.value} start={startOf(node)} end={node.position?.end.offset ?? 0} range={range} />
);

const headingClass = [
  "mt-8 text-base",
  "mt-7 text-base",
  "mt-5 text-base",
  "mt-4 text-sm",
  "mt-4 text-sm",
  "mt-4 text-sm",
];

function elementOf(node: Nodes, range: Range | null): ReactNode {
  switch (node.type) {
    case "heading": {
      // The page's own title is the first level.
      const Heading = `h${Math.min(node.depth + 1, 6)}` as "h2";
      return (
        <Heading className={`${headingClass[node.depth - 1]} mb-2 font-semibold first:mt-0`}>
          {childrenOf(node, range)}
        </Heading>
      );
    }
    case "paragraph":
      return <p className="my-3">{childrenOf(node, range)}</p>;
    case "list":
      return node.ordered ? (
        <ol start={node.start ?? 1} className="my-3 list-decimal pl-6">
          {childrenOf(node, range)}
        </ol>
      ) : (
        <ul className="my-3 list-disc pl-6">{childrenOf(node, range)}</ul>
      );
    case "listItem":
      return <li className="my-1 [&>p]:my-0">{childrenOf(node, range)}</li>;
    case "blockquote":
      return (
        <blockquote className="my-3 border-line-strong border-l-2 pl-4 text-ink-muted">
          {childrenOf(node, range)}
        </blockquote>
      );
    case "table": {
      const [head, ...rows] = node.children;
      return (
        <ScrollRegion label="Table" className="my-4 rounded-md border border-line">
          <table className="w-full border-collapse text-sm tabular-nums">
            <thead>
              <tr>
                {head?.children.map((cell) => (
                  <th key={startOf(cell)} scope="col" className="bg-sunken px-3 py-1.5 text-left font-semibold">
                    {childrenOf(cell, range)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={startOf(row)}>
                  {row.children.map((cell) => (
                    <td key={startOf(cell)} className="border-line border-t px-3 py-1.5 align-top">
                      {childrenOf(cell, range)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      );
    }
    case "strong":
      return <strong className="font-semibold">{childrenOf(node, range)}</strong>;
    case "emphasis":
      return <em>{childrenOf(node, range)}</em>;
    case "delete":
      return <del>{childrenOf(node, range)}</del>;
    case "text":
    case "html":
      return marked(node, range);
    case "inlineCode":
      return <code className="rounded-sm bg-sunken px-1 font-mono text-sm">{marked(node, range)}</code>;
    case "code":
      return (
        <ScrollRegion label="Code" className="my-3 rounded-md border border-line bg-sunken p-3">
          <pre className="font-mono text-xs leading-5">{marked(node, range)}</pre>
        </ScrollRegion>
      );
    case "image":
      return <span className="text-ink-muted">[image{node.alt ? `: ${node.alt}` : ""}]</span>;
    case "thematicBreak":
      return <hr className="my-6 border-line" />;
    case "break":
      return <br />;
    default:
      // Links and whatever else only wraps text.
      return "children" in node ? childrenOf(node, range) : null;
  }
}
