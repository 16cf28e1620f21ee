// Which language models serve, by environment: a real provider when it has a key, else the offline model.

import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { env, OPENAI_DEFAULT_BASE_URL } from "@/lib/env";
import { createCheckedFetch } from "./checked-fetch";
import { modelNotAllowed } from "./model-choice";
import { createOfflineModel } from "./offline/model";
import { serveModel } from "./scenarios/serve-model";

export interface ChatModel {
  model: LanguageModelV4;
  /** What the chat header shows. */
  label: string;
  /** Names the provider in usage, prices and failures; the second provider has a name of its own. */
  provider: string;
  modelId: string;
  /** True for the model that needs no key; the interface says so and how to connect a real one. */
  offline: boolean;
  /** The same model with something between its client and its provider. */
  withFetch(wrap: WrapFetch): ChatModel;
}

export type WrapFetch = (inner: typeof fetch) => typeof fetch;

const DEFAULT_MODEL = "gpt-5-mini";

/** Who asks for a model, and which of the offered ones they chose. */
export interface ModelRequest {
  copilotId?: string;
  /** The id of an offered model; the copilot's own without it. */
  choice?: string | undefined;
}

/**
 * The models in the order in which they are asked: `OPENAI_API_KEY` selects an OpenAI-compatible provider (`OPENAI_BASE_URL` for
 * Ollama, vLLM, a gateway), `FALLBACK_OPENAI_API_KEY` a second one. They are spoken to over Chat Completions, which is the dialect
 * that most compatible servers share. Without a key the offline model serves, alone: it is never passed off as a fallback.
 * Throws AppError model_not_allowed for a choice that is not offered.
 */
export function chatModels({ copilotId, choice }: ModelRequest = {}): [ChatModel, ...ChatModel[]] {
  const offered = offeredModels(copilotId);
  const chosen = choice === undefined ? offered[0] : offered.find(({ modelId }) => modelId === choice);
  if (!chosen) throw modelNotAllowed();
  const { FALLBACK_OPENAI_API_KEY: key, FALLBACK_OPENAI_BASE_URL: url, FALLBACK_OPENAI_MODEL: model } = env();
  return key && !chosen.offline ? [chosen, openAiModel("openai-fallback", key, url, model)] : [chosen];
}

/** What may be chosen from where a tenant does not say otherwise, the copilot's own model first. */
export function offeredModels(copilotId?: string): [ChatModel, ...ChatModel[]] {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: url, OPENAI_MODEL: model, OPENAI_MODELS: further = [] } = env();
  if (!key) return [offlineModel()];
  const ids = new Set([copilotModel(copilotId)?.model ?? model ?? DEFAULT_MODEL, model ?? DEFAULT_MODEL, ...further]);
  return [...ids].map((id) => openAiModel("openai", key, url, id)) as [ChatModel, ...ChatModel[]];
}

/** How freely a copilot answers, where the operator set it. */
export function temperatureOf(copilotId: string): number | undefined {
  return copilotModel(copilotId)?.temperature;
}

function copilotModel(copilotId: string | undefined) {
  const settings = env().COPILOT_MODELS ?? {};
  return copilotId !== undefined && Object.hasOwn(settings, copilotId) ? settings[copilotId] : undefined;
}

/** A model behind an OpenAI-compatible endpoint. */
export function openAiModel(
  provider: string,
  apiKey: string,
  baseURL?: string,
  modelId = DEFAULT_MODEL,
  inner: typeof fetch = fetch,
): ChatModel {
  const client = createOpenAI({ apiKey, baseURL, fetch: createCheckedFetch(provider, inner) });
  const model: ChatModel = {
    model: client.chat(modelId),
    label: modelId,
    provider,
    modelId,
    offline: false,
    withFetch: (wrap) => openAiModel(provider, apiKey, baseURL, modelId, wrap(inner)),
  };
  endpoints.set(model, { apiKey, baseURL: baseURL ?? OPENAI_DEFAULT_BASE_URL });
  return model;
}

export interface Endpoint {
  apiKey: string;
  baseURL: string;
}

// Beside the models and not in them: what is logged or sent of a model must not have its key.
const endpoints = new WeakMap<ChatModel, Endpoint>();

/** Where a model is asked, for libraries that speak to it by themselves; null for the offline one. */
export function endpointOf(model: ChatModel): Endpoint | null {
  return endpoints.get(model) ?? null;
}

/** The model that needs no key. Tests make it faster. */
export function offlineModel(wordsPerSecond?: number): ChatModel {
  const model = createOfflineModel(wordsPerSecond);
  const facts = { label: "Offline model", provider: "flightdeck", modelId: "offline", offline: true };
  const served = (inner: typeof fetch): ChatModel => ({
    ...openAiModel("flightdeck", "none", "http://offline.invalid/v1", "offline", inner),
    ...facts,
    withFetch: (wrap) => served(wrap(inner)),
  });
  return { ...facts, model, withFetch: (wrap) => served(wrap(serveModel(model))) };
}
