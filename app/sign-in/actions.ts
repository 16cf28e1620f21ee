"use server";

import type { ActionResult } from "@/lib/gateway/define-action";
import { signIn as openSession } from "@/lib/gateway/sign-in";

export async function signIn(credentials: { email: string; password: string }): Promise<ActionResult<null>> {
  return openSession(credentials);
}
