import type { Metadata } from "next";
import { requireMember } from "@/lib/gateway/session";
import { documentFields, invoiceFields, keepingFields, modelFields, orderFields, runFields } from "./fields";
import { LimitForms } from "./limit-forms";
import { ModelsForm } from "./models-form";
import { OwnLimits } from "./own-limits";
import { PricesForm } from "./prices-form";
import { offeredIds, settingsOfPage } from "./queries";
import { SettingsForm } from "./settings-form";
import { SettingsSection } from "./settings-section";
import { ToolPricesForm } from "./tool-prices-form";

export const metadata: Metadata = { title: "Settings" };

interface SettingsPageProps {
  params: Promise<{ tenant: string }>;
}

export default async function SettingsPage({ params }: SettingsPageProps) {
  const identity = await requireMember((await params).tenant);
  const { tenantSlug: tenant, userId, role } = identity;
  const { settings, limits, members, models, tools } = await settingsOfPage(identity);
  const readOnly = role !== "admin";
  const offered = models.filter(({ id }) => offeredIds().includes(id));
  const form = { tenant, settings, readOnly };
  return (
    <>
      {readOnly ? (
        <p role="note" className="rounded-md border border-line bg-raised px-3 py-2 text-sm">
          These are the rules that apply to you. Only an admin of the workspace can change them.
        </p>
      ) : null}
      <SettingsSection
        id="limits"
        title="Spending"
        intro="What models may cost, counted as they are used. From the warning on, people are told, and the cheaper model answers if one is named below. At the stop no model is asked; questions are kept. Days and months begin at midnight UTC."
      >
        {readOnly ? (
          <OwnLimits userId={userId} limits={limits} />
        ) : (
          <LimitForms tenant={tenant} limits={limits} members={members} />
        )}
      </SettingsSection>
      <SettingsSection
        id="models"
        title="Models"
        intro="Which models answer, and how much of a conversation they read."
      >
        <ModelsForm tenant={tenant} models={offered} allowed={settings.allowedModels} readOnly={readOnly} />
        <SettingsForm {...form} label="Model rules" fields={modelFields(offered)} />
      </SettingsSection>
      <SettingsSection
        id="prices"
        title="Prices"
        intro="US dollars for a million tokens. Grey figures are listed prices; what you write goes before them, for this workspace and from now on. Below them, what a call of a tool costs by itself."
      >
        <PricesForm tenant={tenant} models={models} overrides={settings.priceOverrides} readOnly={readOnly} />
        <ToolPricesForm tenant={tenant} tools={tools} prices={settings.toolPrices} readOnly={readOnly} />
      </SettingsSection>
      <SettingsSection
        id="runs"
        title="Pace"
        intro="How much may go on at the same time. Who asks beyond it is told when to try again; others are not slowed down."
      >
        <SettingsForm {...form} label="Pace" fields={runFields} />
      </SettingsSection>
      <SettingsSection id="documents" title="Documents" intro="How much this workspace may hold.">
        <SettingsForm {...form} label="Documents" fields={documentFields} />
      </SettingsSection>
      <SettingsSection
        id="keeping"
        title="Keeping"
        intro="Deleted conversations and documents can be brought back until they are removed for good. Conversations that nobody deletes stay; of each answer the single steps are kept for a while, for reconnecting and for looking into what went wrong."
      >
        <SettingsForm {...form} label="Keeping" fields={keepingFields} />
      </SettingsSection>
      <SettingsSection
        id="orders"
        title="Orders"
        intro="What the order agent does by itself, and when it asks. Holds for orders that begin from now on."
      >
        <SettingsForm {...form} label="Orders" fields={orderFields} />
      </SettingsSection>
      <SettingsSection
        id="invoices"
        title="Invoices"
        intro="What is proposed, and who may mark and send. Holds for reconciliations that begin from now on."
      >
        <SettingsForm {...form} label="Invoices" fields={invoiceFields} />
      </SettingsSection>
    </>
  );
}
