import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { UnheardRejections, type Finding } from './unheard-rejections.js';

const OPTIONS: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, noEmit: true, types: [] };
const read = new Map<string, ts.SourceFile | undefined>(); // TypeScript's own declarations, which are the same for all

function programOf(source: string): ts.Program {
  const host = ts.createCompilerHost(OPTIONS, true);
  const { getSourceFile } = host;
  host.getSourceFile = (name, options) => {
    if (name === 'sample.ts') return ts.createSourceFile(name, source, options, true);
    if (!read.has(name)) read.set(name, getSourceFile(name, options));
    return read.get(name);
  };
  return ts.createProgram(['sample.ts'], OPTIONS, host);
}

const HEAD = `
declare function work(): Promise<number>; declare function inBackground<T>(work: Promise<T>): Promise<T>;
declare const works: Promise<number>[]; declare function all(...works: unknown[]): void;
`;

const linesIn = (body: string): number[] =>
  new UnheardRejections(
    programOf(`${HEAD}async function sample(${body.includes('given') ? 'given: Promise<void>' : ''}) {\n${body}\n}`),
  )
    .in((file) => file === 'sample.ts')
    .map(({ line }) => line - 4);

describe('a promise that may reject before anybody listens', () => {
  it.each<[string, string, number[]]>([
    ['awaited after another', 'const a = work();\nconst b = work();\nawait a; await b;', [2]],
    ['never awaited', 'const a = work();\nawait work();', [1]],
    ['in a list', 'const list = [work(), work()];\nawait work(); await Promise.all(list);', [1]],
    ['given, and awaited late', 'await work(); await given;', [0]],
    ['given, and awaited late in a callback', 'all(async () => { await work(); await given; });', [0]],
    ['begun beside an await', 'all(work(), await work());', [1]],
    ['awaited in turn', 'for (const one of works) await one;', [1]],
    ['left alone', 'work();', [1]],
    ['left alone but for its success', 'work().then(() => 1);', [1]],
    ['left alone but for its end', 'work().finally(() => 1);', [1]],
    ['made by hand', 'const a = new Promise((yes, no) => all(yes, no));\nawait work(); await a;', [1]],
  ])('is found: %s', (_, body, lines) => expect(linesIn(body)).toEqual(lines));

  it.each([
    ['awaited at once', 'const a = await work(); await work(); all(a);'],
    ['awaited first', 'const a = work();\nawait a; await work();'],
    ['awaited with others', 'const [a, b] = [work(), work()];\nawait Promise.all([a, b]);'],
    ['handled at once', 'const a = work().catch(() => 1);\nawait work(); await a;'],
    ['handled both ways', 'const a = work().then(() => 1, () => 2);\nawait work(); await a;'],
    ['listened to', 'const a = inBackground(work());\nawait work(); await a;'],
    [
      'listened to, each of a list',
      'const list = [work(), work()].map(inBackground);\nawait work(); await Promise.all(list);',
    ],
    [
      'listened to, each of many',
      'const list = Array.from([1], () => inBackground(work()));\nawait work(); all(list);',
    ],
    ['settled', 'const a = Promise.allSettled([work()]);\nawait work(); await a;'],
    ['one that only resolves', 'const a = new Promise((resolve) => all(resolve));\nawait work(); await a;'],
    ['said to be left alone', 'void work();'],
  ])('is not found: %s', (_, body) => expect(linesIn(body)).toEqual([]));

  it('is nowhere in this repository', { timeout: 180_000 }, () => {
    const config = ts.getParsedCommandLineOfConfigFile(
      'tsconfig.json',
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
          throw new Error(String(messageText));
        },
      },
    )!;
    const program = ts.createProgram(config.fileNames, config.options);
    const found = new UnheardRejections(program).in((file) => !file.includes('/node_modules/'));
    expect(found.map(({ file, line, why }: Finding) => `${file}:${line} ${why}`).join('\n')).toBe('');
  });
});
