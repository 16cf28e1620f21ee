/** Does nothing. Next looks for this file upwards from here, and would otherwise load the project's own, with our runner in it. */
export function register(): void {}
