"use client";

import { LogOut } from "lucide-react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOut } from "./actions";

export function SignOutButton() {
  const [leaving, startLeaving] = useTransition();
  return (
    <Button className="self-start" disabled={leaving} onClick={() => startLeaving(() => signOut())}>
      <LogOut aria-hidden /> Sign out
    </Button>
  );
}
