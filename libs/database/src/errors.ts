interface PostgresError {
  code?: string;
  constraint?: string;
  driverError?: PostgresError;
}

/** Whether a unique constraint or index of this name (any, where none is given) refused the write. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: name, driverError } = (error ?? {}) as PostgresError;
  if (driverError && code === undefined) return isUniqueViolation(driverError, constraint);
  return code === '23505' && (constraint === undefined || (name ?? driverError?.constraint) === constraint);
}
