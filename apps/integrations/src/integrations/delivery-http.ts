import { Axios } from 'axios';

/** Calls of `delivery`, whose answers are judged and parsed by the caller; an answer may have 1 MB. */
export const deliveryHttp = (baseURL: string, timeoutMs: number): Axios =>
  new Axios({
    baseURL,
    timeout: timeoutMs,
    proxy: false,
    maxRedirects: 0,
    responseType: 'text',
    maxContentLength: 1_000_000,
  });
