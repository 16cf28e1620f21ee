import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const WORDS = 60;
const PAUSE_MS = 25;

/** The events of an order that says much and changes once. It begins with `snapshot`, and goes on when it is told to. */
export async function talkingStream(snapshot: string, note: string) {
  let goOn = () => {};
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const ids = { threadId: "talking", runId: "talking" };
  const server = createServer(async (_request, response) => {
    const send = (event: object | string) =>
      response.write(`data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`);
    response.writeHead(200, { "content-type": "text/event-stream" });
    send({ type: "RUN_STARTED", ...ids });
    send(snapshot);
    await told;
    send({ type: "TEXT_MESSAGE_START", messageId: "m1", role: "assistant" });
    for (let word = 0; word < WORDS; word++) {
      send({ type: "TEXT_MESSAGE_CONTENT", messageId: "m1", delta: `word ${word} ` });
      await sleep(PAUSE_MS);
    }
    send({ type: "TEXT_MESSAGE_END", messageId: "m1" });
    const delta = [{ op: "replace", path: "/steps/NOTIFY_CUSTOMER/note", value: note }];
    send({ type: "STATE_DELTA", delta });
    send({ type: "RUN_FINISHED", ...ids });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    words: WORDS,
    goOn,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
