/**
 * The advisory locks that a service takes in its database, all in one list, so that no two mean different things. None may
 * ever change: instances of two builds must exclude each other.
 */
export const ADVISORY_LOCKS = {
  /** Brings the schema up to date. */
  migration: 4_120_113,
  /** Publishes the outbox. */
  relay: 4_120_114,
  /** Creates partitions of the ledger. */
  partitionCreation: 4_120_201,
  /** Prunes the ledger. */
  ledgerMaintenance: 4_120_202,
} as const;
