/** How much of each file has been sent, from 0 to 1, when `share` of all their bytes have: the files of a form go one after the other. */
export function fileProgress(share: number, sizes: readonly number[]): number[] {
  const loaded = share * sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  return sizes.map((size) => {
    const sent = Math.min(Math.max(loaded - before, 0), size);
    before += size;
    if (size === 0) return share >= 1 ? 1 : 0;
    return sent / size;
  });
}
