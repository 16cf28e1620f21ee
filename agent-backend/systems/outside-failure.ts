/**
 * A system outside did not give a usable answer. `timeout`: it may or may not have done what was asked; ask it by the key before
 * asking again. `outage`: it did nothing. `refused`: it understood and will not do it; asking again changes nothing.
 */
export class OutsideFailure extends Error {
  override readonly name = "OutsideFailure";

  constructor(
    readonly system: string,
    readonly kind: "timeout" | "outage" | "refused",
    message: string,
  ) {
    super(message);
  }
}
