/** Azure OpenAI and API Management in front of it: numeric codes as strings, filters in `innererror`. */
import type { ProviderRules } from "./provider-rules";

export const azure: ProviderRules = {
  names: ["azure"],
  codes: {
    responsibleaipolicyviolation: "content_filter",
    content_filter_error: "content_filter",
    deploymentnotfound: "model_not_found",
    resourcenotfound: "model_not_found",
    unavailable_model: "model_not_found",
    operationnotsupported: "model_not_found",
    modelnotfound: "model_not_found",
    insufficientquota: "quota_exhausted",
    quotaexceeded: "quota_exhausted",
    accessdenied: "auth",
    permissiondenied: "auth",
    invalidsubscriptionkey: "auth",
    expiredtoken: "auth",
    nocapacity: "provider_outage",
    no_capacity: "provider_outage",
    serviceunavailable: "provider_outage",
  },
  messages: [
    // The link "aka.ms/oai/quotaincrease" in the ordinary rate limit message does not make it a quota.
    [/exceeded .{0,20}(token|call|request) rate limit/i, "rate_limit"],
    [/rate limit is exceeded\. try again/i, "rate_limit"],
    [/out of call volume quota/i, "quota_exhausted"],
    [/exceeds the maximum usage size allowed during peak load/i, "provider_outage"],
    [/resource not found|api deployment for this resource does not exist/i, "model_not_found"],
    [/virtual network|firewall rules/i, "auth"],
  ],
};
