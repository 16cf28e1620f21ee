/** A confidence from 0 to 1 in whole percent; only certainty is 100 %. */
export function formatConfidence(confidence: number): string {
  const percent = confidence >= 1 ? 100 : Math.min(99, Math.round(confidence * 100));
  return `${percent} %`;
}
