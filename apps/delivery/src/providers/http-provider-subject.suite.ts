import type { OutboundHttp } from '../outbound/outbound-http.service.js';
import type { Answer } from './far-end.suite.js';
import type { ProviderAdapter } from './provider.js';

/** What the shared suite has to know of a provider that is called over HTTP. */
export interface HttpProviderSubject {
  /** The provider, where its service is at this origin. */
  build(http: OutboundHttp, origin: string): ProviderAdapter;
  /** Credentials that lead to this origin. */
  credentials(origin: string): unknown;
  /** Parts of those credentials that nobody may ever see. */
  secrets: string[];
  /** What the destination answers when it accepts the message. */
  accepted: Answer;
  /** A 2xx status line is success, whatever comes after it. */
  statusDecides?: boolean;
  /** By which the destination says that it is gone for good; left out where a bare 410 says so. */
  gone?: Answer;
  /** What a reader sees of a body; by default it is the text itself. */
  shown?: (body: string) => string;
}
