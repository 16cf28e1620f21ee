/** An answer with its body as text; status 0 is no answer at all. */
export interface SentFile {
  status: number;
  body: string;
  /** Why there is no answer, in words. */
  failure?: string;
}

interface SendOptions {
  method?: "POST" | "PUT";
  signal: AbortSignal;
  /** Called with the share of the bytes sent; 1 means that the server has them all and is reading. */
  onProgress(progress: number): void;
}

/** Sends one file as a form. Never throws. */
export function sendFile(url: string, file: File, options: SendOptions): Promise<SentFile> {
  const form = new FormData();
  form.append("file", file);
  return sendForm(url, form, options);
}

/** Sends a form. By XMLHttpRequest, because `fetch` does not tell how much of a body has been sent. Never throws. */
export function sendForm(
  url: string,
  form: FormData,
  { method = "POST", signal, onProgress }: SendOptions,
): Promise<SentFile> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
    request.upload.onload = () => onProgress(1);
    request.onload = () => resolve({ status: request.status, body: request.responseText });
    request.onerror = () => resolve({ status: 0, body: "", failure: "The connection broke. Try again." });
    request.onabort = () => resolve({ status: 0, body: "", failure: "Cancelled." });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open(method, url);
    request.send(form);
  });
}

/** The body as JSON; undefined for one that is something else, a proxy's page say. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
