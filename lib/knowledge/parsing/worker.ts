// Runs in a worker thread: reads one file after another, so that a slow or hostile one stops neither requests nor the process.
import { parentPort } from "node:worker_threads";
import { chunkText } from "../chunking/chunk-text";
import { readFile } from "./read-file";
import { type ReadReply, type ReadRequest, titleFor } from "./reading";
import { Refusal } from "./refusal";

async function answer({ id, type, bytes, filename, title }: ReadRequest): Promise<ReadReply> {
  try {
    const read = await readFile(type, bytes);
    const shown = titleFor(title, read, filename);
    return { id, ok: true, document: { title: shown, text: read.text, chunks: chunkText(read.text, shown) } };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal("document_broken");
    return { id, ok: false, code: refusal.code, message: refusal.message };
  }
}

parentPort?.on("message", async (request: ReadRequest) => {
  parentPort?.postMessage(await answer(request));
});
