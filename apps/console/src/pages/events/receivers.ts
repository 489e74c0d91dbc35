import page from '../../../../../docs/how-to/receive-a-webhook.md?raw';

/** The code of the how-to page, where a test runs it. */
const codeIn = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n(.*?)\\n\`\`\``, 's').exec(page)?.[1] ?? '';

export const RECEIVERS = {
  node: { name: 'Node', code: codeIn('js') },
  python: { name: 'Python', code: codeIn('python') },
};
export type Language = keyof typeof RECEIVERS;
