import { type BaseEvent, EventType } from "@ag-ui/core";
import { Observable } from "rxjs";

/**
 * Fails a stream that stops inside a run: a server that goes down closes its connections in good order, and half an answer must not
 * pass for a whole one. A stream without any run (a new thread) may end as it is.
 */
export function requireEnding(source: Observable<BaseEvent>): Observable<BaseEvent> {
  return new Observable((subscriber) => {
    let open = false;
    return source.subscribe({
      next: (event) => {
        if (event.type === EventType.RUN_STARTED) open = true;
        if (event.type === EventType.RUN_FINISHED || event.type === EventType.RUN_ERROR) open = false;
        subscriber.next(event);
      },
      error: (error) => subscriber.error(error),
      complete: () => {
        if (open) subscriber.error(new TypeError("the stream ended inside a run"));
        else subscriber.complete();
      },
    });
  });
}
