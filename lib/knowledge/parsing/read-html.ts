import type { Element, Nodes, Root } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import type { ReadText } from "./read-file";
import { Refusal } from "./refusal";

const LEFT_OUT = new Set(
  "script style noscript template svg math iframe object embed canvas audio video head nav button select input textarea dialog".split(
    " ",
  ),
);
const INLINE = new Set(
  "a abbr b bdi bdo cite code data del dfn em font i img ins kbd label mark q s samp small span strong sub sup time tt u var wbr br".split(
    " ",
  ),
);

/** A page's readable text as Markdown: headings, lists, tables and code keep their form; menus, scripts and hidden parts go. */
export function readHtml(html: string): ReadText {
  try {
    const root = unified().use(rehypeParse).parse(html) as Root;
    const title = textOf(findElement(root, "title")) || textOf(findElement(root, "h1"));
    return { text: blocksOf(root.children).join("\n\n"), title };
  } catch (error) {
    // Nesting deeper than the stack: no page a person wrote.
    if (error instanceof RangeError) throw new Refusal("document_too_complex");
    throw error;
  }
}

/** Blocks of the flow content; runs of inline nodes between block elements become paragraphs. */
function blocksOf(nodes: Nodes[]): string[] {
  const blocks: string[] = [];
  let inline: Nodes[] = [];
  const flush = () => {
    const text = inlineText(inline);
    if (text !== "") blocks.push(text);
    inline = [];
  };
  for (const node of nodes) {
    if (node.type === "text" || (node.type === "element" && INLINE.has(node.tagName) && !holdsBlocks(node))) {
      inline.push(node);
    } else if (node.type === "element" && !isHidden(node)) {
      flush();
      blocks.push(...blocksOfElement(node));
    }
  }
  flush();
  return blocks;
}

function blocksOfElement(element: Element): string[] {
  const { tagName, children } = element;
  const level = /^h([1-6])$/.exec(tagName)?.[1];
  if (level) return filled(`${"#".repeat(Number(level))} `, inlineText(children).replaceAll("\n", " "));
  if (tagName === "ul" || tagName === "ol") return filled("", listLines(element, 0).join("\n"));
  if (tagName === "table" && !holds(element, "table")) return filled("", tableText(element));
  if (tagName === "pre")
    return filled("", textOf(element).trim() && `\`\`\`\n${rawText(element).replace(/^\n|\s+$/g, "")}\n\`\`\``);
  if (tagName === "dl") return filled("", definitionLines(element).join("\n"));
  return blocksOf(children);
}

const filled = (prefix: string, text: string): string[] => (text === "" ? [] : [prefix + text]);

function listLines(list: Element, depth: number): string[] {
  const lines: string[] = [];
  let number = 1;
  for (const item of elementsOf(list)) {
    if (isHidden(item)) continue;
    if (item.tagName === "ul" || item.tagName === "ol") {
      lines.push(...listLines(item, depth + 1));
      continue;
    }
    const nested = elementsOf(item).filter(({ tagName }) => tagName === "ul" || tagName === "ol");
    const own = item.children.filter((child) => !nested.includes(child as Element));
    const text = blocksOf(own).join(" ").replaceAll(/\s+/g, " ");
    const mark = list.tagName === "ol" ? `${number++}.` : "-";
    if (text !== "") lines.push(`${"  ".repeat(depth)}${mark} ${text}`);
    for (const inner of nested) lines.push(...listLines(inner, depth + 1));
  }
  return lines;
}

function tableText(table: Element): string {
  const rows = descendants(table, "tr")
    .map((row) => elementsOf(row).filter(({ tagName }) => tagName === "td" || tagName === "th"))
    .map((cells) =>
      cells.map((cell) => blocksOf(cell.children).join(" ").replaceAll(/\s+/g, " ").replaceAll("|", "\\|")),
    )
    .filter((cells) => cells.some((cell) => cell !== ""));
  // One column is layout, not a table.
  if (rows.every((cells) => cells.length < 2)) return rows.flat().join("\n\n");
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |`);
  const caption = textOf(findElement(table, "caption"));
  lines.splice(1, 0, `|${" --- |".repeat(rows[0]?.length ?? 1)}`);
  return caption === "" ? lines.join("\n") : `${caption}:\n\n${lines.join("\n")}`;
}

function definitionLines(list: Element): string[] {
  const lines: string[] = [];
  for (const element of [...descendants(list, "dt", "dd")]) {
    const text = blocksOf(element.children).join(" ").replaceAll(/\s+/g, " ");
    if (element.tagName === "dd" && lines.length > 0) lines.push(`${lines.pop()}: ${text}`);
    else if (text !== "") lines.push(`- ${text}`);
  }
  return lines;
}

function inlineText(nodes: Nodes[]): string {
  return nodes
    .map(inlineOf)
    .join("")
    .replaceAll(/[ \t\n\r]+/g, " ")
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

/** A line break survives the collapsing of white space as a record separator, which no sanitised text holds. */
const LINE_BREAK = "\u001e";

function inlineOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (node.type !== "element" || isHidden(node)) return "";
  if (node.tagName === "br") return LINE_BREAK;
  if (node.tagName === "img") return typeof node.properties.alt === "string" ? node.properties.alt : "";
  return node.children.map(inlineOf).join("");
}

const isHidden = ({ tagName, properties }: Element): boolean =>
  LEFT_OUT.has(tagName) ||
  properties.hidden === true ||
  properties.hidden === "" ||
  /display:\s*none/i.test(String(properties.style ?? ""));

const holdsBlocks = (element: Element): boolean =>
  elementsOf(element).some((child) => !INLINE.has(child.tagName) || holdsBlocks(child));

const elementsOf = (node: Nodes): Element[] =>
  "children" in node ? (node.children as Nodes[]).filter((child): child is Element => child.type === "element") : [];

function descendants(node: Nodes, ...names: string[]): Element[] {
  return elementsOf(node).flatMap((child) => (names.includes(child.tagName) ? [child] : descendants(child, ...names)));
}

const holds = (node: Nodes, name: string): boolean => descendants(node, name).length > 0;

const findElement = (node: Nodes, name: string): Element | undefined => descendants(node, name)[0];

const rawText = (node: Nodes): string =>
  node.type === "text" ? node.value : "children" in node ? node.children.map(rawText).join("") : "";

const textOf = (node: Nodes | undefined): string => (node ? rawText(node).replaceAll(/\s+/g, " ").trim() : "");
