import { createHash } from "node:crypto";

/** Everything that an answer depends on. Where one of these differs, it is another question. */
export interface AskedQuestion {
  tenantId: string;
  /** What the member may see. */
  role: string;
  agent: string;
  instructions: string;
  provider: string;
  modelId: string;
  question: string;
  /** State of the tenant's documents. */
  corpus: string;
}

export function keyOf(asked: AskedQuestion): string {
  const { tenantId, role, agent, instructions, provider, modelId, question, corpus } = asked;
  const parts = [tenantId, role, agent, instructions, provider, modelId, plainQuestion(question), corpus];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** The question without what people write differently each time: case, spaces, the mark at its end. */
export function plainQuestion(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\s?!.]+$/, "");
}
