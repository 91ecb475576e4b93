import { expect, test } from '@jest/globals';
import { diagnoseService, diagnoseStore, isHealthy } from './diagnosis.ts';

const STORE = {
  name: 'weaviate',
  state: 'healthy' as const,
  how: 'native',
  version: '1.35.2',
  address: '127.0.0.1:20000',
  detail: null,
  fraction: null,
};
const SERVICE = {
  name: 'archive',
  pid: 7,
  restarts: 0,
  address: 'http://127.0.0.1:1',
  probe: 'http://127.0.0.1:1/health/ready',
  log: '/logs/archive.log',
};

test('a store that is being installed is degraded, with how far it is', () => {
  const report = diagnoseStore({ ...STORE, state: 'installing', detail: 'building', fraction: 0.425 });
  expect(report).toMatchObject({ state: 'degraded', detail: 'installing 42 %: building' });
});

test('a store that failed or stopped is failed', () => {
  expect(diagnoseStore({ ...STORE, state: 'failed', detail: 'go is missing' })).toMatchObject({
    state: 'failed',
    detail: 'failed: go is missing',
  });
});

test('a process is what it answers', () => {
  expect(diagnoseService(SERVICE, { status: 200, body: {} }).state).toBe('healthy');
  expect(diagnoseService(SERVICE, { status: 503, body: { parts: [] } }).state).toBe('degraded');
  const silent = diagnoseService({ ...SERVICE, restarts: 2 }, { status: null, body: 'connect ECONNREFUSED' });
  expect(silent).toMatchObject({ state: 'failed', detail: expect.stringContaining('/logs/archive.log') });
  expect(silent.detail).toContain('started again 2 times');
});

test('everything has to be healthy', () => {
  const stores = [diagnoseStore(STORE)];
  expect(isHealthy({ stores, processes: [] })).toBe(true);
  expect(isHealthy({ stores, processes: [diagnoseService(SERVICE, { status: 503, body: null })] })).toBe(false);
});
