/** The class of a reported error: codes that settle it, then a provisional class that message text may make more exact. */
import type { Evidence } from "./evidence";
import type { FailureClass } from "./failure-class";
import { allProviders, findProvider } from "./providers";
import { openaiCompatible } from "./providers/openai-compatible";
import type { MessageRule, ProviderRules } from "./providers/provider-rules";
import { sharedWordings } from "./providers/wordings";
import { classifyStatus, correctableBy } from "./status";

const strengths = ["codes", "familyCodes", "vagueCodes"] as const;
type Strength = (typeof strengths)[number];

/** The class of the errors in the evidence, or null when there are none that say anything. */
export function classifyError(evidence: Evidence): FailureClass | null {
  const { observation, status, report } = evidence;
  const named = findProvider(observation.provider);
  const ordered = [...new Set([...(named === null ? [] : [named]), openaiCompatible, ...allProviders])];
  const codes = report.codes.map((code) => code.toLowerCase().replace(/^.*[#/]/, ""));
  const meant = readCodes(codes, ordered, named);
  const settled = findByPattern(codes, ordered) ?? meant.codes;
  if (settled !== undefined) return settled;

  const httpStatus = status !== null && status >= 300 ? status : report.status;
  const silent = httpStatus === null || !saysNothing(evidence) ? undefined : named?.emptyBody?.[httpStatus];
  if (silent !== undefined) return silent;

  const byStatus = httpStatus === null ? null : classifyStatus(httpStatus);
  // Some gateways send a request they refuse as a 5xx; repeating that is a flood, not a cure.
  const refused = byStatus === "provider_outage" && meant.vagueCodes === "invalid_request";
  const provisional = meant.familyCodes ?? (refused ? "invalid_request" : byStatus) ?? meant.vagueCodes ?? null;

  const allowed = provisional === null ? null : (correctableBy[provisional] ?? []);
  const wordings = [...(named?.messages ?? []), ...sharedWordings, ...ordered.flatMap((rules) => rules.messages ?? [])];
  return findByWording(report.messages, wordings, allowed) ?? provisional;
}

/** The first code of each strength; every code means what the first provider that knows it says. */
function readCodes(
  codes: readonly string[],
  ordered: readonly ProviderRules[],
  named: ProviderRules | null,
): Partial<Record<Strength, FailureClass>> {
  const meant: Partial<Record<Strength, FailureClass>> = {};
  for (const code of codes) {
    // Bare numbers mean something only to the provider that numbered them.
    const known = /^\d+$/.test(code) ? (named === null ? [] : [named]) : ordered;
    const [strength, failureClass] = lookUpCode(code, known) ?? [];
    if (strength !== undefined && failureClass !== undefined) meant[strength] ??= failureClass;
  }
  return meant;
}

function lookUpCode(code: string, known: readonly ProviderRules[]): [Strength, FailureClass] | null {
  for (const rules of known) {
    for (const strength of strengths) {
      const table = rules[strength];
      const failureClass = table !== undefined && Object.hasOwn(table, code) ? table[code] : undefined;
      if (failureClass !== undefined) return [strength, failureClass];
    }
  }
  return null;
}

function findByPattern(codes: readonly string[], ordered: readonly ProviderRules[]): FailureClass | undefined {
  const rules = ordered.flatMap((provider) => provider.codePatterns ?? []);
  return rules.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1];
}

/** No body, and at most a status line that a client wrote into its error. */
function saysNothing({ body, report }: Evidence): boolean {
  const statusLine =
    /^[\s\d]*((status code )?\(no body\)|bad request|(payload|content|request entity) too large)?\s*$/i;
  return body.kind === "empty" && report.messages.every((message) => statusLine.test(message));
}

function findByWording(
  messages: readonly string[],
  wordings: readonly MessageRule[],
  allowed: readonly FailureClass[] | null,
): FailureClass | null {
  const rules = allowed === null ? wordings : wordings.filter(([, failureClass]) => allowed.includes(failureClass));
  return rules.find(([pattern]) => messages.some((message) => pattern.test(message)))?.[1] ?? null;
}
