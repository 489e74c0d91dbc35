import type { Mode } from '#libs/config';

export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>NitroPush notifications API</title>
    <link rel="icon" href="/api/docs/assets/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/assets/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

/** In local mode: a token behind `#token=` is used for the page's calls, kept for this tab, and taken out of the address bar. */
const SIGN_IN = `const KEPT_AS = 'np-docs-token';
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem(KEPT_AS, given);
  history.replaceState(null, '', location.pathname);
}
const token = sessionStorage.getItem(KEPT_AS);
`;

const START = `const ui = SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  onComplete: () => typeof token === 'string' && ui.preauthorizeApiKey('bearer', token),
});
`;

/** Elsewhere a link could make somebody work with a token that is not theirs. */
export const docsScript = (mode: Mode): string =>
  mode === 'local' ? SIGN_IN + START : `const token = null;\n${START}`;
