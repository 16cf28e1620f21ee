import type { Locator } from "@playwright/test";

/**
 * Counts how often React draws an element from now on. React keeps an element's latest props under a key of its own on the element, and
 * writes them there whenever the component around it has rendered, whether the page changed or not.
 */
export async function countDrawings(element: Locator): Promise<() => Promise<number>> {
  await element.evaluate((node) => {
    const key = Object.keys(node).find((name) => name.startsWith("__reactProps$"));
    if (!key) throw new Error("this element is not React's, or React keeps its props elsewhere now");
    const counted = node as unknown as Record<string, unknown> & { drawings: number };
    let props = counted[key];
    counted.drawings = 0;
    Object.defineProperty(node, key, {
      get: () => props,
      set(next: unknown) {
        props = next;
        counted.drawings++;
      },
    });
  });
  return () => element.evaluate((node) => (node as unknown as { drawings: number }).drawings);
}
