import type { Behaviour, FarEndKind } from './describe-provider.suite.js';
import type { HttpProviderSubject } from './http-provider-subject.suite.js';
import { FarEnd, answerWith, drip, echo, hang, raw, repeated, reset, type Answer } from './far-end.suite.js';

const MB = 1024 * 1024;

/** A far end that speaks HTTP, as the shared suite wants it. */
export class HttpFarEnd implements FarEndKind {
  private readonly farEnd = new FarEnd();
  private readonly ways: Record<Behaviour, Answer>;
  private onCall: (() => void)[] = [];

  constructor(
    { accepted, gone = answerWith(410, 'gone') }: Pick<HttpProviderSubject, 'accepted' | 'gone'>,
    private readonly shown: (body: string) => string = (body) => body,
  ) {
    this.ways = {
      accept: accepted,
      refuse: gone,
      'refuse for now': answerWith(503, 'later'),
      reset,
      hang,
      drip: drip('', 'HTTP/1.1 102 Processing\r\n\r\n'),
      flood: repeated('', 'HTTP/1.1 102 Processing\r\n\r\n', MB).answer,
      garbage: raw('220 mail.example ESMTP\r\n'),
      repeat: echo(500),
    };
  }

  start(): Promise<string> {
    return this.farEnd.start();
  }

  stop(): Promise<void> {
    return this.farEnd.stop();
  }

  behave(how: Behaviour): void {
    this.farEnd.answer = (...call) => {
      for (const resolve of this.onCall.splice(0)) resolve();
      this.ways[how](...call);
    };
  }

  called(): Promise<void> {
    return new Promise((resolve) => this.onCall.push(resolve));
  }

  calls(): number {
    return this.farEnd.seen.length;
  }

  messages(): string[] {
    return this.farEnd.seen.map(({ body }) => this.shown(body));
  }

  forget(): void {
    this.farEnd.seen.length = 0;
  }
}
