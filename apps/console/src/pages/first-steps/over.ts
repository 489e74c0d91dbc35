import { session } from '../../auth/session-store.js';

const key = (): string => `nitropush-first-steps-${session.current?.organizationId}`;

/** All steps are done, or somebody has hidden them in this browser. */
export const areOver = (): boolean => localStorage.getItem(key()) !== null;
export const setOver = (): void => localStorage.setItem(key(), 'over');
