/** Where the API and the stand-ins are, and who calls. */
export interface OAuthTarget {
  gatewayUrl: string;
  sandboxUrl: string;
  token: string;
  signal?: AbortSignal;
}

export interface OAuthChoice {
  provider: 'slack' | 'discord';
  /** As the sandbox's picker names it: `#ops`. */
  channel: string;
  /** Of the call that begins: the route, and `integrationId` to reconnect one. */
  body: Record<string, unknown>;
}

/** What a browser does: begin at the API, pick a channel and allow it at the provider, come back with the cookie. Answers where the API sends it then. */
export async function signInAndAllow(target: OAuthTarget, choice: OAuthChoice): Promise<URL> {
  const { authorizeUrl, cookie } = await begin(target, choice);
  return comeBack(target, await allow(target, choice, authorizeUrl), cookie);
}

export async function begin(
  { gatewayUrl, token, signal }: OAuthTarget,
  { provider, body }: Pick<OAuthChoice, 'provider' | 'body'>,
): Promise<{ authorizeUrl: string; cookie: string }> {
  const path = `/integrations/oauth/${provider}`;
  const response = await fetch(`${gatewayUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal,
  });
  const { authorizeUrl } = await answerOf<{ authorizeUrl: string }>(path, response);
  const cookies = response.headers.getSetCookie().map((one) => one.split(';', 1)[0]!);
  return { authorizeUrl, cookie: cookies.join('; ') };
}

/** What the sandbox's Allow button does. Answers the address that the provider sends the browser back to. */
export async function allow(
  { sandboxUrl, signal }: OAuthTarget,
  { provider, channel }: Pick<OAuthChoice, 'provider' | 'channel'>,
  authorizeUrl: string,
): Promise<string> {
  const path = `/api/${provider}/approve`;
  const response = await fetch(`${sandboxUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ authorizeUrl, channel }),
    signal,
  });
  return (await answerOf<{ redirect: string }>(path, response)).redirect;
}

export async function comeBack({ gatewayUrl, signal }: OAuthTarget, callbackUrl: string, cookie: string): Promise<URL> {
  const { pathname, search } = new URL(callbackUrl); // the origin is the one that a browser uses
  const response = await fetch(`${gatewayUrl}${pathname}${search}`, {
    headers: { cookie },
    redirect: 'manual',
    signal,
  });
  const location = response.headers.get('location');
  if (response.status !== 302 || !location) throw new Error(`the callback answered ${response.status}`);
  return new URL(location, gatewayUrl);
}

/** @throws where it is not a success */
export async function answerOf<T>(path: string, response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
