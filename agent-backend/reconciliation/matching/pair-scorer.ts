import type { Payable, Payment } from "./payable";
import { type PairScore, scorePair } from "./score-pair";

/** Scores each pair of an open payment and an open invoice once, however many groups it is considered for. */
export class PairScorer {
  readonly #scores = new Map<Payment, Map<Payable, PairScore>>();

  score(payment: Payment, payable: Payable): PairScore {
    let row = this.#scores.get(payment);
    if (!row) {
      row = new Map();
      this.#scores.set(payment, row);
    }
    let score = row.get(payable);
    if (!score) {
      score = scorePair(payment, payable);
      row.set(payable, score);
    }
    return score;
  }
}
