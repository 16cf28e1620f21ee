"use server";

import { redirect } from "next/navigation";
import { signOut as endSession } from "@/lib/gateway/sign-in";
import { paths } from "@/lib/paths";

export async function signOut(): Promise<void> {
  await endSession();
  redirect(paths.signIn());
}
