export interface Change {
  field: string;
  proposed: string;
  decided: string;
}

type Arguments = Record<string, unknown>;

/** The fields of an answer that differ from the proposal. What the proposal tells beside the arguments is not compared. */
export function changesOf(proposal: Arguments, answer: Arguments): Change[] {
  const proposed = flatten(proposal);
  const decided = flatten(answer);
  const sameAction = proposal.action === answer.action;
  const fields = sameAction
    ? Object.keys(decided)
    : ["action", ...Object.keys(decided).filter((key) => key !== "action")];
  return fields
    .map((field) => ({ field, proposed: proposed[field] ?? "", decided: decided[field] ?? "" }))
    .filter((change) => change.proposed !== change.decided)
    .map(withoutSameEnds);
}

function flatten(value: Arguments): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(item)) flat[key] = String(item);
    else
      for (const line of item as Arguments[]) {
        if (line === null || typeof line !== "object") continue;
        for (const [name, part] of Object.entries(line))
          if (name !== "lineNo") flat[`line ${String(line.lineNo)}: ${name}`] = String(part);
      }
  }
  return flat;
}

/** Of a long text only what lies between the lines that both begin and both end with. */
function withoutSameEnds({ field, proposed, decided }: Change): Change {
  const [was, is] = [proposed.split("\n"), decided.split("\n")];
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < shorter - head && was.at(-1 - tail) === is.at(-1 - tail)) tail++;
  const middle = (lines: string[]) => lines.slice(head, lines.length - tail).join("\n");
  return { field, proposed: middle(was), decided: middle(is) };
}
