import { z } from "zod";

/** Characters of a letter that a person may send, or have put into other words. */
export const LETTER_BODY_MAX = 20_000;

export const letterWishSchema = z.object({
  body: z.string().trim().min(1).max(LETTER_BODY_MAX),
  /** How it should read; empty for "clear, friendly and short". */
  wish: z.string().max(200),
});

export type LetterWish = z.infer<typeof letterWishSchema>;
