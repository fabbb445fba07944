/** The manifest of a backup: what is in it, so that a copy that is not whole, or was changed, is never restored. */

/** The form of backups that this version writes and reads. */
export const BACKUP_FORMAT = 1;

/** The file in which a backup's manifest is. It is written last: a folder without it is no backup. */
export const MANIFEST_FILE = 'manifest.json';

/** One table, in a file of its own. */
export interface BackedUpTable {
  readonly name: string;
  /** In the order in which the file has them. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** SHA-256 of the rows as PostgreSQL's COPY writes them, in hex. */
  readonly sha256: string;
}

export interface BackupManifest {
  readonly format: typeof BACKUP_FORMAT;
  /** When the snapshot was taken, by the database's clock: everything that was committed before is in it. ISO 8601. */
  readonly takenAt: string;
  /** Version of Coffer that made it. */
  readonly version: string;
  /** Names of the migrations of its schema, in their order. */
  readonly migrations: readonly string[];
  /** Number of entries of the ledger. */
  readonly entries: number;
  /** Each after the tables that its rows refer to. */
  readonly tables: readonly BackedUpTable[];
}

/** A table and the tables that its rows refer to. */
export interface TableReferences {
  readonly name: string;
  readonly refersTo: readonly string[];
}

/**
 * Tables in an order in which each comes after those that it refers to, by name where that leaves a choice. A table that
 * refers to itself is loaded in one statement, which checks at its end.
 * @throws Error when tables refer to each other in a circle
 */
export function inLoadingOrder(tables: readonly TableReferences[]): string[] {
  const left = new Map(tables.map(({ name, refersTo }) => [name, new Set(refersTo.filter((to) => to !== name))]));
  const order: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter(([, refersTo]) => refersTo.size === 0).map(([name]) => name);
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const name of ready.toSorted()) {
      order.push(name);
      left.delete(name);
      for (const refersTo of left.values()) refersTo.delete(name);
    }
  }
  return order;
}
