/** A webhook that may be connected, with what should be otherwise. */
export const webhookInput = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  provider: 'webhook',
  name: 'x',
  projectId: null,
  credentials: { url: 'http://127.0.0.1:9/x' },
  ...more,
});
