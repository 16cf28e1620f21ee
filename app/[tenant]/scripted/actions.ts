"use server";

import { z } from "zod";
import { env } from "@/lib/env";
import { notFound } from "@/lib/failures/app-error";
import { defineAction } from "@/lib/gateway/define-action";
import * as creating from "@/lib/threads/create-thread";

export const createThread = defineAction({
  input: z.object({}),
  run: async (_, identity) => {
    if (!env().FLIGHTDECK_SCRIPTED) throw notFound();
    return { id: (await creating.createThread(identity, "scripted")).id };
  },
});
