import type { Application, Request } from 'express';

/** What of Express' router is looked at. */
interface Layer {
  route?: { methods: Record<string, boolean> };
  match: (path: string) => boolean;
}

/** The methods that a path takes, in capitals; none where there is nothing at it. */
export function allowedMethods({ app, path }: Request): string[] {
  const { stack } = (app as Application & { router: { stack: Layer[] } }).router;
  const found = new Set<string>();
  for (const layer of stack) {
    if (layer.route === undefined || !matches(layer, path)) continue;
    for (const method of Object.keys(layer.route.methods)) found.add(method.toUpperCase());
  }
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
