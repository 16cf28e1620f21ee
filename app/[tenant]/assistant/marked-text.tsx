import { cutAt, type Range } from "./highlight";

interface MarkedTextProps {
  text: string;
  start: number;
  end: number;
  range: Range | null;
}

export function MarkedText({ text, start, end, range }: MarkedTextProps) {
  const [before, inside, after] = cutAt(text, start, end, range);
  if (!inside) return before;
  return (
    <>
      {before}
      <mark className="rounded-[2px] bg-mark text-ink" data-passage>
        {inside}
      </mark>
      {after}
    </>
  );
}
