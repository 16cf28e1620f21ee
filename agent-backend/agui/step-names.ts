import { type BaseEvent, EventType } from "@ag-ui/core";

/** A task as LangGraph's `tasks` stream mode reports it: once when it starts, once with its result, error or interrupts. */
interface TaskChunk {
  id: string;
  name: string;
  result?: unknown;
  error?: unknown;
  interrupts?: unknown[];
}

/** Turns tasks into steps. Two tasks of one node may run at once, and the protocol wants open steps to differ by name. */
export class StepNames {
  private readonly open = new Map<string, string>();

  *eventsOf(task: TaskChunk): Generator<BaseEvent> {
    const known = this.open.get(task.id);
    if (known === undefined) {
      const taken = [...this.open.values()].includes(task.name);
      const stepName = taken ? `${task.name}#${task.id.slice(0, 8)}` : task.name;
      this.open.set(task.id, stepName);
      yield { type: EventType.STEP_STARTED, stepName } as BaseEvent;
      return;
    }
    this.open.delete(task.id);
    yield { type: EventType.STEP_FINISHED, stepName: known } as BaseEvent;
  }

  /** A run may only finish when no step is open. */
  *closeAll(): Generator<BaseEvent> {
    for (const stepName of this.open.values()) yield { type: EventType.STEP_FINISHED, stepName } as BaseEvent;
    this.open.clear();
  }
}
