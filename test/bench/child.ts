import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Message = { kind: string } & Record<string, unknown>;

/** A process of the benchmark, and what it says. */
export class Child {
  private readonly process: ChildProcess;
  private readonly heard: Message[] = [];
  private readonly waiting: { kind: string; resolve: (message: Message) => void; reject: (error: Error) => void }[] =
    [];

  constructor(module: string) {
    this.process = fork(fileURLToPath(new URL(`./${module}.js`, import.meta.url)));
    this.process.on('message', (message: Message) => this.hear(message));
  }

  tell(command: object): void {
    this.process.send(command);
  }

  /** The next message of this kind. @throws where the process says that it failed, or in time */
  async hears<T>(kind: string, withinMs: number): Promise<T> {
    const index = this.heard.findIndex((message) => message.kind === kind);
    if (index !== -1) return this.heard.splice(index, 1)[0] as T;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no "${kind}" within ${withinMs} ms`)), withinMs);
        this.waiting.push({ kind, resolve: resolve as (message: Message) => void, reject });
      });
    } finally {
      clearTimeout(timer);
    }
  }

  stop(): void {
    this.process.disconnect();
  }

  private hear(message: Message): void {
    if (message.kind === 'failed') {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(String(message['reason'])));
      return;
    }
    const index = this.waiting.findIndex(({ kind }) => kind === message.kind);
    if (index === -1) this.heard.push(message);
    else this.waiting.splice(index, 1)[0]!.resolve(message);
  }
}
