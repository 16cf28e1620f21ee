/** A signed-in caller of the HTTP API. */
export interface Caller {
  token: string;
  tenant: string;
}

/** Whose things the attacks go for: acme's, made by ben, a plain member. */
export interface Victim {
  threadId: string;
  documentId: string;
  orderId: string;
  /** A batch of orders. */
  batchId: string;
  /** A set of invoices with its orders and payments. */
  booksId: string;
}

export async function signIn(baseUrl: string, email: string): Promise<string> {
  const response = await fetch(`${baseUrl}/supabase/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { "content-type": "application/json", apikey: "sb_publishable_local" },
    body: JSON.stringify({ email, password: "flightdeck-demo" }),
  });
  if (!response.ok) throw new Error(`sign-in of ${email}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** One call as `token`'s bearer; the answer as status and text, so that two answers can be compared to the byte. */
export async function call(
  baseUrl: string,
  request: { verb: string; path: string; body?: unknown },
  token?: string,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${baseUrl}${request.path}`, {
    method: request.verb,
    headers: {
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: await response.text() };
}

/** Calls a server action as a browser with this cookie would. */
export async function callAction(baseUrl: string, id: string, args: unknown[], cookie?: string) {
  const response = await fetch(`${baseUrl}/acme/assistant`, {
    method: "POST",
    headers: {
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      origin: baseUrl,
      ...(cookie ? { cookie } : {}),
    },
    body: JSON.stringify(args),
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: await response.text() };
}

/** Everything of the victim's that the API shows; equal before and after an attack when nothing was changed. */
export async function everythingOf(baseUrl: string, caller: Caller, victim: Victim): Promise<string> {
  const paths = [
    `threads?limit=100`,
    `threads/${victim.threadId}`,
    "documents?limit=100",
    `documents/${victim.documentId}`,
    "invoices",
    `invoices/${victim.booksId}/export`,
  ];
  const answers = await Promise.all(
    paths.map((path) => call(baseUrl, { verb: "GET", path: `/api/t/${caller.tenant}/${path}` }, caller.token)),
  );
  return answers.map(({ status, text }) => `${status} ${text}`).join("\n");
}
