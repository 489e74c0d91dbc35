import { Axios, type AxiosRequestConfig } from 'axios';
import { NameResolver, type ResolveName } from '#libs/outbound';
import { guardedConnect } from './guarded-connect.js';
import { OriginPools } from './origin-pools.js';
import type { OutboundAnswer, OutboundResult } from './outbound-result.js';
import { TransportFault } from './transport-fault.js';
import { undiciAdapter, type ExchangeConfig } from './undici-adapter.js';

/** Which addresses may be called. */
export interface CallRules {
  /** Why this address may not be called; null where it may. */
  checkUrl(url: string): string | null;
  isAllowed(ip: string): boolean;
}

export interface OutboundRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Aborted when the service stops: the request then rejects with the signal's reason. */
  signal: AbortSignal;
}

export interface OutboundOptions {
  rules: CallRules;
  /** Longest that one exchange may take, from the call to the last byte of the answer. */
  timeoutMs: number;
  /** By default the machine's name servers are asked. */
  resolve?: ResolveName;
}

/** Anything will do, and it is said: some firewalls refuse a request that does not. */
const ACCEPT = '*/*';

/** Posts to addresses that strangers chose: only allowed ones, no redirects, bounded in time, size and connections. */
export class OutboundHttp {
  private readonly pools: OriginPools;
  private readonly axios: Axios;

  constructor(private readonly options: OutboundOptions) {
    const { rules, timeoutMs, resolve = new NameResolver().resolve } = options;
    this.pools = new OriginPools(guardedConnect((ip) => rules.isAllowed(ip), resolve));
    // The bare class: `axios.create` brings defaults that cost a fifth of the CPU time and are of no use here.
    this.axios = new Axios({ adapter: undiciAdapter(this.pools), timeout: timeoutMs, validateStatus: null });
  }

  /** Posts once. Whatever the destination does is a result. @throws the signal's reason when the service stops, and our own faults */
  async post({ url, headers, body, signal }: OutboundRequest): Promise<OutboundResult> {
    signal.throwIfAborted();
    if (this.options.rules.checkUrl(url) !== null)
      return { kind: 'unanswered', code: 'address_forbidden', detail: null };
    const config: AxiosRequestConfig<string> & Pick<ExchangeConfig, 'stop'> = {
      method: 'post',
      url,
      headers: { accept: ACCEPT, ...headers },
      data: body,
      stop: signal,
    };
    try {
      return (await this.axios.request<OutboundAnswer>(config)).data;
    } catch (error) {
      if (error instanceof TransportFault) return { kind: 'unanswered', code: error.code, detail: error.detail };
      throw error;
    }
  }

  /** Waits for the requests that are under way. */
  close(): Promise<void> {
    return this.pools.close();
  }
}
