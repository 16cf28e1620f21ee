import type { ShownModel } from "./queries";
import type { SettingField } from "./setting-fields";

export const modelFields = (models: readonly ShownModel[]): SettingField[] => [
  { name: "compactAt", label: "Condense older messages from", kind: "amount", unit: "% of the window", scale: 0.01 },
  {
    name: "cheaperModel",
    label: "Past the warning, answer with",
    kind: "choice",
    options: [
      { value: "", label: "The same model" },
      ...models.map(({ id, label }) => ({ value: id, label: `Always ${label}` })),
    ],
  },
  { name: "answerCache", label: "Answer repeated questions from memory", kind: "switch" },
];

export const runFields: SettingField[] = [
  { name: "runsPerMinute", label: "Answers begun in a minute", kind: "amount", placeholder: "No limit" },
  { name: "runsAtOnce", label: "Answers at the same time", kind: "amount", placeholder: "No limit" },
  { name: "memberRunsAtOnce", label: "At the same time, each member", kind: "amount", placeholder: "No limit" },
];

export const documentFields: SettingField[] = [
  { name: "documentsMax", label: "Documents, at most", kind: "amount", placeholder: "10000" },
  {
    name: "documentBytesMax",
    label: "Size of all, at most",
    kind: "amount",
    unit: "MB",
    scale: 1024 ** 2,
    placeholder: "2048",
  },
];

export const keepingFields: SettingField[] = [
  {
    name: "deletedKeepDays",
    label: "Remove what was deleted for good after",
    kind: "amount",
    unit: "days",
    placeholder: "30",
  },
  {
    name: "runEventsKeepHours",
    label: "Keep how an answer came about for",
    kind: "amount",
    unit: "hours",
    placeholder: "24",
  },
];

// What both agents have that ask people before they act.
type Policy = "orderPolicy" | "invoicePolicy";
const decidersOf = (policy: Policy): SettingField => ({
  name: `${policy}.deciders`,
  label: "Who may decide",
  kind: "choice",
  options: [
    { value: "members", label: "Every member" },
    { value: "admins", label: "Admins only" },
  ],
});
const fourEyesOf = (policy: Policy, unit: string): SettingField => ({
  name: `${policy}.fourEyesFromMinor`,
  label: "A second person decides from",
  kind: "amount",
  scale: 100,
  unit,
  placeholder: "Never",
});
const expiryOf = (policy: Policy, label: string): SettingField => ({
  name: `${policy}.answerWithinHours`,
  label,
  kind: "amount",
  unit: "hours",
  placeholder: "Never",
});

export const orderFields: SettingField[] = [
  {
    name: "orderPolicy.shipping",
    label: "When something is missing",
    kind: "choice",
    options: [
      { value: "whole", label: "Ship when all is there" },
      { value: "lines", label: "Ship what is there" },
    ],
  },
  {
    name: "orderPolicy.shortage",
    label: "Missing goods, when nobody is asked",
    kind: "choice",
    options: [
      { value: "back-order", label: "Back-order them" },
      { value: "reject", label: "Reject the order" },
    ],
  },
  decidersOf("orderPolicy"),
  fourEyesOf("orderPolicy", "in the order's currency"),
  expiryOf("orderPolicy", "Cancel when nobody answers within"),
  { name: "orderPolicy.automatic", label: "Decide by these rules without asking anybody", kind: "switch" },
];

export const invoiceFields: SettingField[] = [
  decidersOf("invoicePolicy"),
  fourEyesOf("invoicePolicy", "to be marked"),
  expiryOf("invoicePolicy", "Close when nobody answers within"),
  {
    name: "invoicePolicy.proposeFromConfidence",
    label: "Propose a match when it is sure to",
    kind: "amount",
    scale: 0.01,
    unit: "%",
  },
];
