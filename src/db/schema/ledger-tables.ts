/**
 * The tables of the ledger: those that are spread by wallet where the ledger lies on several servers, and those that each of
 * these servers has. A statement names tables of the first kind or other tables, and never both.
 */

/** The column by which each table is spread. A wallet's rows of all tables lie on the same server. */
export const SPREAD_TABLES: Readonly<Record<string, string>> = {
  wallet: 'id',
  entry: 'wallet',
  entry_text: 'wallet',
  entry_metadata: 'wallet',
  entry_sums: 'wallet',
  lot: 'wallet',
  lot_open: 'wallet',
  hold_open: 'wallet',
  usage_event: 'wallet',
  budget: 'wallet',
  budget_period: 'wallet',
  budget_use: 'wallet',
  budget_notice: 'wallet',
  rail_news_entry: 'wallet',
};

/** Tables of one row that writes of entries look at. */
export const SHARED_TABLES: readonly string[] = ['price_book', 'budget_book'];
