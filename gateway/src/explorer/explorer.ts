import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GatewayConfig } from '../config/config.ts';
import type { Exchange, Step } from '../request/exchange.ts';
import { ASSETS } from './assets.ts';
import { createDevelopmentToken } from './development-token.ts';
import { explorerDocument } from './document.ts';

const CONTENT_TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

/** `GET /`: a page to write and run operations in, with everything it needs under `/explorer/`. */
export async function createExplorer(config: GatewayConfig, options: { production: boolean }): Promise<Step> {
  if (!config.explorer.enabled) return () => false;
  const assets = new Set(await bundled());
  const developmentToken = createDevelopmentToken(config, options.production);

  async function answerPage({ request, response, url }: Exchange): Promise<void> {
    const origin = URL.parse(`http://${request.headers.host}`) ?? url;
    const { html, policy } = explorerDocument({ token: await developmentToken(request) }, origin);
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .end(html);
  }

  return async (exchange) => {
    const { request, response, url } = exchange;
    if (request.method !== 'GET') return false;
    if (url.pathname === '/') {
      await answerPage(exchange);
      return true;
    }
    const name = url.pathname.startsWith('/explorer/') ? url.pathname.slice('/explorer/'.length) : undefined;
    if (name === undefined || !assets.has(name)) return false;
    await answerAsset(name, response);
    return true;
  };
}

async function answerAsset(name: string, response: ServerResponse): Promise<void> {
  response.writeHead(200, {
    'content-type': CONTENT_TYPES[extname(name)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  await pipeline(createReadStream(join(ASSETS, name)), response);
}

/** Names of the bundled files; none when the page was not generated. */
async function bundled(): Promise<string[]> {
  try {
    return await readdir(ASSETS);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
