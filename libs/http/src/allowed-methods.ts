import type { Request } from 'express';

/** What of Express' router is looked at. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  match: (path: string) => boolean;
}

/**
 * The methods that a path takes, in capitals; none where there is nothing at it. A path that is a route as it stands is not
 * looked at as somebody's id: `/deliveries/discard` is no delivery.
 */
export function allowedMethods({ app, path }: Request): string[] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  const routes = stack.flatMap((layer) => (layer.route && matches(layer, path) ? [layer.route] : []));
  const literal = routes.filter((route) => !/[:*]/.test(route.path));
  const found = new Set<string>();
  for (const { methods } of literal.length > 0 ? literal : routes)
    for (const method of Object.keys(methods)) found.add(method.toUpperCase());
  if (found.has('GET')) found.add('HEAD'); // Express answers it as a GET without the body
  return [...found].sort();
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false; // it is encoded wrongly
  }
}
