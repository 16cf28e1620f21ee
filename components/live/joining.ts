/**
 * Keeps a page with a stream that ends whenever the work comes to a stop, though it may go on afterwards. What the page hears of
 * while a stream still runs may have come too late for that stream: then it is joined once more when it has ended.
 */
export class Joining {
  private heard = "";
  private joined = "";
  private following = false;
  private left = false;

  /** `watch` follows the stream to its end and rejects when it broke; `onEnded` is told which after each. */
  constructor(
    private readonly watch: () => Promise<void>,
    private readonly onEnded: (broke: boolean) => void,
  ) {}

  /** Something happened to the work, or "" when there is nothing to follow. The same version is not joined twice. */
  hear(version: string): void {
    this.left = false;
    this.heard = version;
    if (!this.following) void this.follow();
  }

  /** Nobody looks any more. Who comes back, as React does in development, joins anew. */
  leave(): void {
    this.left = true;
    this.joined = "";
  }

  private async follow(): Promise<void> {
    this.following = true;
    while (!this.left && this.heard !== "" && this.heard !== this.joined) {
      this.joined = this.heard;
      const broke = await this.watch().then(
        () => false,
        () => true,
      );
      if (!this.left) this.onEnded(broke);
    }
    this.following = false;
  }
}
