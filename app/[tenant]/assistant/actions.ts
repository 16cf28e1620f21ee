"use server";

import { z } from "zod";
import { defineAction } from "@/lib/gateway/define-action";
import * as documents from "@/lib/knowledge/delete-document";
import * as archiving from "@/lib/threads/archive-thread";
import * as creating from "@/lib/threads/create-thread";
import * as deleting from "@/lib/threads/delete-thread";
import * as rating from "@/lib/threads/rate-answer";
import * as renaming from "@/lib/threads/rename-thread";
import { AGENT_ID } from "./agent-id";
import { documentPageOf, threadDetailsOf, threadPageOf } from "./queries";

const id = z.string().min(1).max(64);
const one = z.object({ id });
const page = z.object({ q: z.string().max(200).optional(), cursor: z.string().max(400).optional() });

export const listDocuments = defineAction({
  input: page,
  run: (query, identity) => documentPageOf(identity, query),
});

export const deleteDocument = defineAction({
  input: one,
  run: async ({ id }, identity) => void (await documents.deleteDocument(identity, id)),
});

export const restoreDocument = defineAction({
  input: one,
  run: async ({ id }, identity) => void (await documents.restoreDocument(identity, id)),
});

export const listThreads = defineAction({
  input: page.extend({ view: z.enum(["own", "archived", "tenant"]) }),
  run: (query, identity) => threadPageOf(identity, query),
});

export const getThreadDetails = defineAction({
  input: one,
  run: ({ id }, identity) => threadDetailsOf(identity, id),
});

export const createThread = defineAction({
  input: z.object({ agent: z.enum([AGENT_ID]) }),
  run: async ({ agent }, identity) => ({ id: (await creating.createThread(identity, agent)).id }),
});

export const renameThread = defineAction({
  input: one.extend({ title: z.string().max(400) }),
  run: async ({ id, title }, identity) => void (await renaming.renameThread(identity, id, title)),
});

export const archiveThread = defineAction({
  input: one.extend({ archived: z.boolean() }),
  run: async ({ id, archived }, identity) => void (await archiving.archiveThread(identity, id, archived)),
});

export const deleteThread = defineAction({
  input: one,
  run: async ({ id }, identity) => void (await deleting.deleteThread(identity, id)),
});

export const restoreThread = defineAction({
  input: one,
  run: async ({ id }, identity) => void (await deleting.restoreThread(identity, id)),
});

export const rateAnswer = defineAction({
  input: z.object({ threadId: id, messageId: z.string().min(1).max(100), rating: z.enum(["up", "down"]) }),
  run: async (answer, identity) => void (await rating.rateAnswer(identity, answer)),
});
