/** A refusal with a status, a code and words for the person; everything else that is thrown is `internal`. */
export class HttpError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422,
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Also for what belongs to another tenant or another thread: the two must not be distinguishable. */
export const notFound = () => new HttpError(404, "not_found", "This does not exist, or you cannot see it.");
