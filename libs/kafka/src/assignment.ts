/** Topic to the partitions of it that a consumer has. */
export type Assignment = ReadonlyMap<string, ReadonlySet<number>>;
