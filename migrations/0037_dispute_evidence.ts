import type { Knex } from 'knex';

const EVIDENCE = `
  -- What is sent to a provider against a dispute, stored before it is sent. secret: the text, sealed; hash: of the text.
  -- submitted_at NULL: it was not sent, or its answer was lost.
  CREATE TABLE dispute_evidence (
    account      text NOT NULL,
    dispute      text NOT NULL,
    order_id     uuid NOT NULL REFERENCES pack_order,
    secret       text NOT NULL,
    hash         text NOT NULL CHECK (length(hash) = 64),
    made_at      timestamptz NOT NULL,
    submitted_at timestamptz,
    PRIMARY KEY (account, dispute)
  );
  CREATE INDEX dispute_evidence_by_order ON dispute_evidence (order_id);
  CREATE TRIGGER dispute_evidence_acts AFTER INSERT OR UPDATE OR DELETE ON dispute_evidence
    FOR EACH ROW EXECUTE FUNCTION note_act('dispute', '');
  ALTER TABLE dispute_evidence ENABLE ROW LEVEL SECURITY;
  ALTER TABLE dispute_evidence FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON dispute_evidence USING (current_setting('coffer.org', true) = '*'
    OR EXISTS (SELECT FROM pack_order p WHERE p.id = dispute_evidence.order_id));`;

/** conceded_at: when this deployment last decided by itself to give the dispute up. */
const CONCEDED = `
  ALTER TABLE order_dispute ADD COLUMN conceded_at timestamptz;
  CREATE INDEX order_dispute_to_answer ON order_dispute (amount_minor, id) WHERE status = 'needs_response';
  CREATE TRIGGER order_dispute_acts AFTER UPDATE ON order_dispute
    FOR EACH ROW EXECUTE FUNCTION note_act('id', '');`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [EVIDENCE, CONCEDED]) await knex.raw(statements);
}
