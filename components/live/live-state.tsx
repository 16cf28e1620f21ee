"use client";

import { CopilotKitProvider, UseAgentUpdate, useAgent } from "@copilotkit/react-core/v2";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { output, ZodType } from "zod";
import { Joining } from "./joining";
import { StreamAgent } from "./stream-agent";

interface LiveStateProps<Schema extends ZodType> {
  /** Where the thread's events come from. */
  eventsUrl: string;
  /** Changes when the page heard of something: then the stream is joined again. Empty while there is nothing to follow. */
  version: string;
  schema: Schema;
  /** Called whenever the stream ended, whichever way. */
  onEnded(): void;
  /** Draws the state: null until the first snapshot has come, and for one of a version that this page does not know. */
  children(state: output<Schema> | null): ReactNode;
}

/** The state of a workflow as it changes. The provider only carries the agent; nothing here asks for a runtime. */
export function LiveState<Schema extends ZodType>(props: LiveStateProps<Schema>) {
  const [agents] = useState(() => ({ [StreamAgent.id]: new StreamAgent(props.eventsUrl) }));
  return (
    <CopilotKitProvider agents__unsafe_dev_only={agents} enableInspector={false} onError={ignoreListing}>
      <FollowedState {...props} />
    </CopilotKitProvider>
  );
}

const ON_STATE = [UseAgentUpdate.OnStateChanged];

function FollowedState<Schema extends ZodType>({ version, schema, onEnded, children }: LiveStateProps<Schema>) {
  // Of all that an agent tells, the state alone draws anything here: tokens and tool calls of the same run do not.
  const { agent } = useAgent({ agentId: StreamAgent.id, updates: ON_STATE });
  const [lost, setLost] = useState(false);
  const latest = useRef({ agent, onEnded });
  latest.current = { agent, onEnded };
  const [joining] = useState(
    () =>
      new Joining(
        () => (latest.current.agent as StreamAgent).watch(),
        // A run that ends with an error is told by its state and by the page; a connection that broke is joined again with the next change.
        (broke) => {
          setLost(broke);
          latest.current.onEnded();
        },
      ),
  );
  useEffect(() => joining.hear(version), [joining, version]);
  useEffect(
    () => () => {
      joining.leave();
      agent.abortRun();
    },
    [joining, agent],
  );

  const state = useMemo(() => schema.safeParse(agent.state).data ?? null, [schema, agent.state]);
  return (
    <>
      {lost && state !== null ? (
        <p className="sr-only">The live view is paused and is joined again by itself.</p>
      ) : null}
      {children(state)}
    </>
  );
}

function ignoreListing(): void {}
