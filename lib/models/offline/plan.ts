import { type Passage, readToolResultSchema, searchToolResultSchema } from "@/contract/knowledge";
import { extractAnswer } from "./extract";
import { contentStems } from "./words";

/** What the offline model does next: call one tool, or say something. */
export type Step = { tool: string; input: Record<string, unknown> } | { text: string };

/** A turn as the plan needs it: the user's words so far, and what the tools answered since the last of them. */
export interface Situation {
  userTexts: string[];
  results: { tool: string; output: unknown }[];
  tools: string[];
}

const GREETING = /^(hi|hello|hey|good (morning|afternoon|evening))\b[\s!.,]*$/i;
const THANKS = /^(thanks|thank you|great|ok(ay)?|perfect|cool)\b[\s!.,]*$/i;
const ABOUT_ITSELF = /^(who|what) are you\b|^what can you do\b|^help[\s!.?]*$/i;
const WANTS_OVERVIEW = /\b(summari[sz]e|summary|overview|outline|main points|what does .* (cover|say in general))\b/i;
const FOLLOW_UP = /^(and|what about|how about|also|so|then|but|or)\b|\b(it|that|those|they|them|this one)\b/i;

const INTRODUCTION =
  "I look things up in your documents and quote what they say. I am the offline model: I cannot reason or write freely, but every answer I give comes with its source. Ask me about something your documents cover.";

/** The next step for this situation: search, perhaps read a whole document, then answer from what the tools returned. */
export function nextStep({ userTexts, results, tools }: Situation): Step {
  const question = userTexts.at(-1)?.trim() ?? "";
  const last = results.at(-1);
  if (!last) {
    if (question === "" || GREETING.test(question)) return { text: `Hello. ${INTRODUCTION}` };
    if (THANKS.test(question)) return { text: "You are welcome." };
    if (ABOUT_ITSELF.test(question)) return { text: INTRODUCTION };
    if (!tools.includes("search_documents"))
      return { text: "I am the offline model and have no documents to search here." };
    return { tool: "search_documents", input: { query: searchQuery(userTexts) } };
  }
  const read = readToolResultSchema.safeParse(last.output);
  if (last.tool === "read_document" && read.success) return { text: overview(read.data.title, read.data.passages) };
  const search = searchToolResultSchema.safeParse(last.output);
  if (!search.success)
    return { text: "The search did not work just now, so I cannot answer from your documents. Please try again." };
  const top = search.data.passages[0];
  if (top && WANTS_OVERVIEW.test(question) && tools.includes("read_document")) {
    return { tool: "read_document", input: { documentId: top.documentId } };
  }
  const answer = search.data.answered ? extractAnswer(searchQuery(userTexts), search.data.passages) : null;
  return { text: answer ?? notFound(search.data.nearest.map(({ title }) => title)) };
}

/** The question, with the one before it when it is too short or leans on it ("and for batteries?"). */
function searchQuery(userTexts: string[]): string {
  const question = userTexts.at(-1)?.trim() ?? "";
  const before = userTexts.at(-2)?.trim();
  const leans = contentStems(question).length < 3 && FOLLOW_UP.test(question);
  return before && leans ? `${before} ${question}` : question;
}

function notFound(titles: string[]): string {
  const sorry = "I could not find this in your documents.";
  if (titles.length === 0) return sorry;
  return `${sorry} The nearest titles are:\n${titles.map((title) => `- ${title}`).join("\n")}`;
}

/** One cited line a section: its heading and its first sentence. */
function overview(title: string, passages: Passage[]): string {
  const lines = passages.slice(0, 10).map((passage) => {
    const heading = passage.heading.split(" › ").at(-1) || title;
    const body = passage.text
      .replace(/^#+ .*$/gm, "")
      .replace(/\s+/g, " ")
      .trim();
    const [first] = new Intl.Segmenter("en", { granularity: "sentence" }).segment(body);
    return `- **${heading}**: ${(first?.segment ?? body).trim().slice(0, 300)} [${passage.n}]`;
  });
  return `${title}, section by section:\n${lines.join("\n")}`;
}
