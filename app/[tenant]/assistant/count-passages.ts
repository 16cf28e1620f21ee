export const countPassages = (count: number): string => (count === 1 ? "1 passage" : `${count} passages`);
