/**
 * `npm run classify -- <file|->`: names what went wrong in recorded model calls. Reads JSON lines
 * `{id, provider, phase, input}`, prints `{id, class, retryable, retryAfterMs, recovery}` a line. A line that cannot be
 * read is reported on stderr with its number; the rest go on, and the exit code is 1.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { ZodError } from "zod";
import { classify } from "@/lib/failures/classify";
import { sampleLineSchema } from "@/lib/failures/observation";

function classifyLine(line: string): string {
  const { id, provider, phase, input } = sampleLineSchema.parse(JSON.parse(line));
  const { class: failureClass, retryable, retryAfterMs, recovery } = classify({ ...input, provider, phase });
  return JSON.stringify({ id, class: failureClass, retryable, retryAfterMs, recovery });
}

function explain(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map(({ path, message }) => `${path.join(".") || "line"}: ${message}`).join("; ");
  }
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").slice(0, 300);
}

async function main(path: string): Promise<boolean> {
  const input = path === "-" ? process.stdin : createReadStream(path);
  let isClean = true;
  let lineNumber = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    if (line.trim() === "") continue;
    try {
      process.stdout.write(`${classifyLine(line.replace(/^\uFEFF/, ""))}\n`);
    } catch (error) {
      isClean = false;
      process.stderr.write(`line ${lineNumber}: ${explain(error)}\n`);
    }
  }
  return isClean;
}

// A reader such as `head` that has seen enough is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

const path = process.argv[2];
if (path === undefined) {
  process.stderr.write("Usage: npm run classify -- <file|->\n");
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await main(path)) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
