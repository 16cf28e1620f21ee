import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { listDemoAccounts } from "@/lib/gateway/demo-accounts";
import { getSessionUser } from "@/lib/gateway/session";
import { DemoSignIns } from "./demo-sign-ins";
import { safeNext } from "./safe-next";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const next = safeNext((await searchParams).next);
  if (await getSessionUser()) redirect(next);
  const demo = listDemoAccounts();
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-[12vh]">
      <div className="flex w-full max-w-[22rem] flex-col gap-6">
        <h1 className="font-semibold text-base">Sign in to Flightdeck</h1>
        <SignInForm next={next} />
        {demo ? <DemoSignIns demo={demo} next={next} /> : null}
      </div>
    </main>
  );
}
