/** The port through which calls answer disputes: with evidence, or by giving them up; src/payments implements it. */

/** Evidence against a dispute, as it was or would be sent. */
export interface DisputeEvidence {
  readonly dispute: string;
  readonly order: string;
  readonly text: string;
  /** Of the text: 64 hex digits of SHA-256. */
  readonly hash: string;
  readonly madeAtMs: number;
  /** Null while it was not sent. */
  readonly submittedAtMs: number | null;
}

/** Answers disputes on the accounts that they are of. */
export interface DisputeDesk {
  /**
   * The evidence that was sent, or that would be sent now.
   * @throws Refusal NOT_FOUND
   */
  evidence(dispute: string): Promise<DisputeEvidence>;
  /**
   * Sends the evidence of a dispute, once: asked again, it answers what was sent.
   * @throws Refusal NOT_FOUND, DISPUTE_NOT_OPEN, PAYMENTS_NOT_CONFIGURED, PAYMENT_PROVIDER_FAILED
   */
  submit(dispute: string): Promise<DisputeEvidence & { readonly replayed: boolean }>;
  /**
   * Gives a dispute up.
   * @throws Refusal NOT_FOUND, DISPUTE_NOT_OPEN, PAYMENTS_NOT_CONFIGURED, PAYMENT_PROVIDER_FAILED
   */
  accept(dispute: string): Promise<void>;
}
