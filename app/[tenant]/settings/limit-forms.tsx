"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Member } from "@/lib/gateway/list-members";
import type { BudgetStatus } from "@/lib/usage/budgets";
import { LimitForm } from "./limit-form";
import { subjectName, subjectsOf } from "./limit-subjects";

interface LimitFormsProps {
  tenant: string;
  limits: readonly BudgetStatus[];
  members: readonly Member[];
}

/** The limits of everybody together, of each member, and of single ones. */
export function LimitForms({ tenant, limits, members }: LimitFormsProps) {
  const [added, setAdded] = useState<readonly string[]>([]);
  const subjects = [...new Set([...subjectsOf(limits), ...added])];
  const emailOf = (userId: string) => members.find((member) => member.userId === userId)?.email;
  const others = members.filter(({ userId }) => !subjects.includes(userId));
  return (
    <div className="flex flex-col">
      {subjects.map((subject) => {
        const own = limits.filter((limit) => limit.subject === subject);
        return (
          <LimitForm
            key={subject}
            tenant={tenant}
            subject={subject}
            name={subjectName(subject, emailOf)}
            limits={own}
          />
        );
      })}
      {others.length > 0 ? (
        <div className="border-line border-t pt-4">
          <Field id="limit-member" label="Limits of one member, instead of those of each">
            <Select
              id="limit-member"
              value=""
              className="max-w-80"
              onChange={(event) => setAdded([...added, event.target.value])}
            >
              <option value="">Choose a member</option>
              {others.map(({ userId, email }) => (
                <option key={userId} value={userId}>
                  {email}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      ) : null}
    </div>
  );
}
