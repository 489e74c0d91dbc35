export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface ApiCall {
  /** Such as `POST /projects`, below `/api/v1`. */
  request: string;
  token: string;
  /** Sent as it is where it is a text. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls a service's API; an empty answer is an empty object. */
export async function callApi<T>(origin: string, { request, token, body, headers }: ApiCall): Promise<Answer<T>> {
  const [method = 'GET', path = ''] = request.split(' ');
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T };
}
