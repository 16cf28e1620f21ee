/**
 * Error messages that several servers share, most exact class first. They are the last evidence, tried only after every
 * code and status, and only on what a server wrote as an error, never on what a model wrote.
 */
import type { MessageRule } from "./provider-rules";

const quota: MessageRule[] = [
  /insufficient[_ ](user[_ ])?quota|exceeded your current quota|quota will be replenished|out of call volume quota/i,
  /credit balance|insufficient (account )?(balance|credits?|funds)|(requires?|needs?) more credits|out of (credits|funds)/i,
  /credits? (is|are|have been|has been)? ?(depleted|exhausted|used up)|used all (available|your) credits|doesn'?t have any credits/i,
  /spend(ing)? (limit|cap)|billing (hard )?limit|check your billing|billing details|payment required|unpaid invoice/i,
  /usage limits?\b.{0,80}(regain|reached|exceeded|upgrade)|(reached|exceeded|hit) your .{0,40}usage limit/i,
  /(monthly|weekly|daily) (usage|included|quota|spending|credit)|budget has been exceeded|key limit exceeded|out of extra usage|余额不足/i,
].map((pattern) => [pattern, "quota_exhausted"]);

const overflow: MessageRule[] = [
  /maximum context length|context[_ ]length[_ ]exceeded|context[_ ]window[_ ]exceeded|context length is only \d+/i,
  /exceeds? (the )?(model'?s? )?(available |maximum |max )?context (size|length|window|limit|budget)|exceed context limit|more than max tokens allowed/i,
  /context (window|size|length) (has been |is )?exceed|(greater|longer) than the (model'?s )?(maximum )?(context|model) length/i,
  /reduce the length of (the |your )?(messages|prompt|input)|(prompt|input) (is )?too long\b|maximum prompt length is \d/i,
  /prompt token count of \d+ exceeds|input token count.{0,40}(exceeds|only supports up to)|exceeded (model|max) token limit|exceeds? the max_model_len/i,
  /too large for model with \d+ maximum|max_tokens must be at least 1, got -|max_tokens'? ?(must be|is) .{0,20}got -\d/i,
  /input tokens? exceed|input length.{0,40}exceeds?|current length is \d+ while limit is \d+|range of input length should be/i,
  /too many tokens: |`?inputs?`? (tokens )?(\+ `?max_new_tokens`? )?must (be <=|have less than)|string too long\. expected .{0,60}length \d{5,}/i,
  /request too large for .*(tokens|tpm)|(body )?too large.{0,60}max size: \d+ tokens|output tokens must be reduced/is,
  /上下文(过长|超出|长度)|超出最大上下文/,
].map((pattern) => [pattern, "context_overflow"]);

const filter: MessageRule[] = [
  /content management policy|content[_ ]filter(ing)?[_ ]?policy|responsible ?ai ?policy|violat\w+ .{0,30}(usage|content) polic/i,
  /safety system|flagged (by|for|as)|output blocked by content|blocked by (a |the )?(content|safety|guardrail)/i,
  /prohibited content|inappropriate content|content[_ ]policy|data may contain inappropriate/i,
].map((pattern) => [pattern, "content_filter"]);

const history: MessageRule[] = [
  /tool_call_ids? did not have response|followed by tool messages|must be a response to a prec+e+ding message/i,
  /ids were found without|unexpected `?tool_use_id|no tool (output|call) found for|toolresult blocks/i,
  /did not find \d+ `?tool_result|messages following `?tool_use|expected `?toolresult/i,
  /function response parts is equal|function call turn|same number of function calls and responses/i,
  /without its required .{0,20}item|roles must alternate|tool results? (is|are) missing|unexpected role .{0,20}after role/i,
  /each `?tool_(use|result)`? block must|expected last role user or tool|missing a `?thought_signature|tool_(use|call)\.(input|arguments)/i,
].map((pattern) => [pattern, "history_corrupt"]);

const toolCall: MessageRule[] = [
  /(error|failed).{0,12}(parsing|to parse) tool call|failed to call a function|tool call validation failed|malformed (function|tool) call/i,
  /invalid (input|arguments) for tool|model tried to call unavailable tool|tool input did not match expected schema/i,
].map((pattern) => [pattern, "tool_call_parse"]);

const model: MessageRule[] = [
  /\bmodels?\b.{0,100}(not found|does not exist|doesn'?t exist|is not available|not supported for|decommissioned|deprecated|end of its life)/i,
  /(invalid|unknown|no such|unsupported) model\b|not a valid model|model identifier is invalid|model not exist|no endpoints found/i,
  /on-demand throughput isn.t supported|deployment .{0,60}does not exist|model_not_found|requested model is not supported/i,
].map((pattern) => [pattern, "model_not_found"]);

const payload: MessageRule[] = [
  /payload size exceeds|image (size )?exceeds|image.{0,30}too large|dimensions exceed|exceeds the maximum (allowed )?size/i,
  /request entity too large|payload too large|(body|file) (size )?(is )?too large|exceeds? .{0,30}(file|image|request) size/i,
  /\b(image|file|attachment|pdf|audio|document)s?( size)?\b.{0,40}exceeds?( the)?.{0,20}(limit|maximum|\d ?[mk]b)|bytes are too large/i,
].map((pattern) => [pattern, "payload_too_large"]);

const auth: MessageRule[] = [
  /\b(organi[sz]ation|account|project|api key|user)\b.{0,30}\b(has been|is|was) (disabled|suspended|deactivated|banned)/i,
  /api[ _-]?key (is )?(not valid|expired|invalid|missing)|(invalid|incorrect|missing|no) (x-)?api[ _-]?key|unauthori[sz]ed/i,
  /authentication|permission denied|access denied|(security )?token (included in the request )?is (invalid|expired)|location is not supported/i,
].map((pattern) => [pattern, "auth"]);

const busy: MessageRule[] = [
  [
    /(engine|model|server|service|system|provider)s?\b.{0,50}(overloaded|high demand|at capacity|unavailable|busy)|^overloaded/i,
    "provider_outage",
  ],
  [
    /rate[ _-]?limit|too many (concurrent )?requests|(requests|tokens) per (min|day|hour)|throttl|slow down/i,
    "rate_limit",
  ],
  [
    /internal (server )?error|bad gateway|upstream|server had an error|try your request again|provider returned error/i,
    "provider_outage",
  ],
];

const connection: MessageRule[] = [
  [/timed? ?out|timeout|deadline exceeded/i, "timeout"],
  [
    /fetch failed|failed to fetch|http2 request did not get|^terminated$|socket hang up|other side closed|network|premature(ly)? close|getaddrinfo|incomplete chunked read/i,
    "network",
  ],
  [
    /connection (error|refused|reset|closed|lost|aborted)|(peer|server) (closed|disconnected)|certificate|ECONN[A-Z]+|ENOTFOUND|load failed/i,
    "network",
  ],
  [
    /(stream|response).{0,40}(ended|closed|finished) (without|before)|unexpected end of (json|stream)|empty response/i,
    "stream_truncated",
  ],
];

export const sharedWordings: readonly MessageRule[] = [
  ...quota,
  ...overflow,
  ...filter,
  ...history,
  ...toolCall,
  ...model,
  ...payload,
  ...auth,
  ...busy,
  ...connection,
];
