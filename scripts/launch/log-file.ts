import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

const BYTES_MAX = 20_000_000;
const TAIL_LINES = 40;

/** A program's output on disk, at most two files of 20 MB, and its last lines in memory for an error message. */
export class LogFile {
  readonly #file: string;
  #stream: WriteStream;
  #bytes: number;
  #tail: string[] = [];

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#bytes = sizeOf(file);
    this.#stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  }

  line(text: string): void {
    this.#tail = [...this.#tail.slice(1 - TAIL_LINES), text];
    if (this.#bytes > BYTES_MAX) this.#turn();
    this.#bytes += Buffer.byteLength(text) + 1;
    this.#stream.write(`${text}\n`);
  }

  tail(): string {
    return this.#tail.join("\n");
  }

  #turn(): void {
    this.#stream.end();
    renameSync(this.#file, `${this.#file}.1`);
    this.#stream = createWriteStream(this.#file, { flags: "a", mode: 0o600 });
    this.#bytes = 0;
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
