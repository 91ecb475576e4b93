import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { listen } from './listener.ts';

const ADDRESS = { host: '127.0.0.1', port: 0 };

test('closing waits for answers under way, and for no connection that asks nothing', async () => {
  let answer: ServerResponse | undefined;
  const server = createServer((_request, response) => {
    answer = response;
  });
  const listener = await listen(server, ADDRESS);
  const { port } = new URL(listener.url);
  const silent = connect(Number(port), '127.0.0.1');
  await once(silent, 'connect');
  const asked = fetch(listener.url);
  await once(server, 'request');
  let closed = false;
  const closing = listener.close(AbortSignal.timeout(5000)).then(() => {
    closed = true;
  });
  silent.resume();
  await once(silent, 'close');
  expect(closed).toBe(false);
  answer?.end('done');
  expect(await (await asked).text()).toBe('done');
  await closing;
});

test('closing cuts what is left at the deadline', async () => {
  const server = createServer(() => undefined);
  const listener = await listen(server, ADDRESS);
  const asked = fetch(listener.url).then(
    () => 'answered',
    () => 'cut',
  );
  await once(server, 'request');
  await listener.close(AbortSignal.timeout(50));
  expect(await asked).toBe('cut');
});

test('a port that is taken is refused', async () => {
  const first = await listen(createServer(), ADDRESS);
  const port = Number(new URL(first.url).port);
  await expect(listen(createServer(), { ...ADDRESS, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close(AbortSignal.timeout(100));
});
