"use client";

import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as DialogPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { useReturnFocus } from "./use-return-focus";

interface CommandDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  label: string;
  placeholder: string;
  search: string;
  onSearchChange(search: string): void;
  children: ReactNode;
}

/** The palette: type to filter, arrows to choose, Enter to run, Esc to close. */
export function CommandDialog({
  open,
  onOpenChange,
  label,
  placeholder,
  search,
  onSearchChange,
  children,
}: CommandDialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <DialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <DialogPrimitive.Portal>
        <DialogPrimitive.Overlay className="fixed inset-0 z-[1300] animate-appear bg-[rgb(20_18_16/0.35)]" />
        <DialogPrimitive.Content
          {...returnFocus}
          aria-describedby={undefined}
          className="-translate-x-1/2 fixed top-[14vh] left-1/2 z-[1301] w-[min(calc(100vw-2rem),36rem)] overflow-hidden rounded-lg border border-line bg-raised shadow-float"
        >
          <DialogPrimitive.Title className="sr-only">{label}</DialogPrimitive.Title>
          <Primitive label={label}>
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Search aria-hidden className="size-4 text-ink-faint" />
              <Primitive.Input
                value={search}
                onValueChange={onSearchChange}
                placeholder={placeholder}
                className="h-11 w-full bg-transparent text-base outline-none placeholder:text-ink-faint md:text-sm"
              />
            </div>
            <Primitive.List className="max-h-[50vh] overflow-y-auto p-1">
              <Primitive.Empty className="px-3 py-6 text-ink-muted text-sm">Nothing matches.</Primitive.Empty>
              {children}
            </Primitive.List>
          </Primitive>
        </DialogPrimitive.Content>
      </DialogPrimitive.Portal>
    </DialogPrimitive.Root>
  );
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs",
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint",
        className,
      )}
      {...props}
    />
  );
}
