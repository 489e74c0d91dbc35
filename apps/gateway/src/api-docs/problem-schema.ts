import type { Json } from './openapi-document.js';

/** What every refusal of every service looks like. */
export const PROBLEM_SCHEMAS: Json = {
  Problem: {
    type: 'object',
    description: 'A refusal or a fault, RFC 9457.',
    required: ['type', 'title', 'status', 'requestId'],
    properties: {
      type: { type: 'string', description: 'Stable, for programs.', examples: ['urn:nitropush:problem:not-found'] },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What is wrong, for a person.' },
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
      requestId: { type: 'string', description: 'The answer’s X-Request-Id, as our logs have it.' },
    },
  },
  FieldError: {
    type: 'object',
    required: ['field', 'message'],
    properties: {
      field: { type: 'string', examples: ['credentials.url'] },
      message: { type: 'string' },
    },
  },
};

export const refusal = (): Json => ({
  description: 'Refused, or failed',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
