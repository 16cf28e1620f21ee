/** One JSON object a line, as the web logs. Causes go here and nowhere else. */
export type Log = (event: string, detail: Record<string, unknown>) => void;

export const logToStderr: Log = (event, detail) => {
  console.error(JSON.stringify({ time: new Date().toISOString(), event, ...detail }));
};
