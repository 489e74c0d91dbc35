import { randomUUID } from 'node:crypto';

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's `traceparent` where it is well-formed, else a new one. @see https://www.w3.org/TR/trace-context/ */
export function traceparentOf(header: string | undefined): string {
  if (header !== undefined && TRACEPARENT.test(header)) return header;
  return `00-${hex()}-${hex().slice(16)}-01`;
}

/** 32 random digits; Node draws UUIDs in bulk, which costs a tenth of as many bytes drawn one by one. */
const hex = (): string => randomUUID().replaceAll('-', '');
