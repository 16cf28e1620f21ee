"use server";

import { settingsChangeSchema } from "@/contract/settings";
import { defineAction } from "@/lib/gateway/define-action";
import * as settings from "@/lib/settings/change-settings";
import * as budgets from "@/lib/usage/budgets";

/** Changes the named settings; answers with what takes the change back. */
export const changeSettings = defineAction({
  permission: "admin",
  input: settingsChangeSchema,
  run: (change, identity) => settings.changeSettings(identity, change),
});

/** Sets the limits of one subject; answers with what they were. */
export const setLimits = defineAction({
  permission: "admin",
  input: budgets.limitsInputSchema,
  run: (limits, identity) => budgets.setLimits(identity, limits),
});
