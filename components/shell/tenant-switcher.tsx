"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { paths } from "@/lib/paths";
import { Monogram } from "./monogram";
import type { ShellMember } from "./shell-frame";

interface TenantSwitcherProps {
  member: ShellMember;
  side: "right" | "top";
}

export function TenantSwitcher({ member: { tenant, tenants, role }, side }: TenantSwitcherProps) {
  const router = useRouter();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="size-11 p-0">
          <span className="sr-only">Workspace {tenant.name}. Switch workspace</span>
          <Monogram name={tenant.name} />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent side={side} align="start">
        <DropdownMenuLabel>{role === "admin" ? "You are an admin here" : "You are a member here"}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={tenant.slug} onValueChange={(slug) => router.push(paths.tenant(slug))}>
          {tenants.map(({ slug, name }) => (
            <DropdownMenuRadioItem key={slug} value={slug}>
              <Monogram name={name} className="size-6" />
              <span className="truncate">{name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
