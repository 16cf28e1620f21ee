"use server";

import { letterWishSchema } from "@/contract/letters";
import { defineAction } from "@/lib/gateway/define-action";
import { consumeRate, runLimit } from "@/lib/gateway/rate-limit";
import * as letters from "@/lib/letters/rewrite-letter";

export const rewriteLetter = defineAction({
  input: letterWishSchema,
  run: async (wish, { tenantId, userId }) => {
    // As a run: it may cost a model call.
    await consumeRate(runLimit(), userId);
    return letters.rewriteLetter({ tenantId, userId }, wish);
  },
});
