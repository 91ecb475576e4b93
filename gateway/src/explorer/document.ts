/** What the gateway tells its page. */
export interface PageSettings {
  /** A development token, or null where there is none. */
  token: string | null;
}

/**
 * The page's HTML. It runs no script but the gateway's own, and may talk to nobody else; the editor writes its styles
 * into the page, so these alone may be inline.
 */
export function explorerDocument(settings: PageSettings, origin: URL): { html: string; policy: string } {
  const sandbox = `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(`${origin.origin}/graphql`)}`;
  const socket = origin.origin.replace(/^http/, 'ws');
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c');
  return {
    policy: [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self' data:",
      "img-src 'self' data:",
      `connect-src 'self' ${socket}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    html: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>GraphQL explorer</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/explorer/explorer.css">
    <script type="application/json" id="settings">${json}</script>
    <script type="module" src="/explorer/explorer.js"></script>
  </head>
  <body>
    <header>
      <span>GraphQL explorer</span>
      <a href="${sandbox}" target="_blank" rel="noreferrer">Open in Apollo Sandbox (needs the internet)</a>
    </header>
    <main id="explorer"></main>
    <noscript>The explorer needs JavaScript. The graph answers at /graphql.</noscript>
  </body>
</html>
`,
  };
}
