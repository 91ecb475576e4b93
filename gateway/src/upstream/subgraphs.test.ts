import { createLog } from '@colloquy/service';
import { describe, expect, test } from '@jest/globals';
import { checkConfig } from '../config/config.ts';
import { createSubgraphs } from './subgraphs.ts';

const generation = (urls: Record<string, string>) => ({
  subgraphs: Object.entries(urls).map(([name, url]) => ({ name, url })),
});

describe('the subgraphs of a schema', () => {
  test('keep connections and breaker over a new schema where the address stays', async () => {
    const config = checkConfig({ supergraph: 'x', subgraphs: { moved: { url: 'http://here.example/graphql' } } });
    const subgraphs = createSubgraphs(config, {
      log: createLog({ name: 'test', level: 'silent' }),
      shared: () => undefined,
    });
    subgraphs.follow(generation({ a: 'http://a.example/graphql', b: 'http://b.example/', moved: 'http://m.example/' }));
    const [a, b, moved] = ['a', 'b', 'moved'].map((name) => subgraphs.get(name));
    expect(moved?.url.href).toBe('http://here.example/graphql');

    subgraphs.follow(
      generation({ a: 'http://a.example/graphql', b: 'http://b2.example/', moved: 'http://n.example/' }),
    );
    expect([subgraphs.get('a'), subgraphs.get('moved')]).toEqual([a, moved]);
    expect(subgraphs.get('a')).toBe(a);
    expect(subgraphs.get('b')).not.toBe(b);
    expect(subgraphs.all().map(({ name }) => name)).toEqual(['a', 'b', 'moved']);

    subgraphs.follow(generation({ a: 'http://a.example/graphql' }));
    expect(() => subgraphs.get('b')).toThrow('no subgraph "b"');
    await subgraphs.close();
    const request = { subgraph: 'a', kind: 'query', body: '{}', entities: 0 } as const;
    await expect(a?.send(request, {}, undefined)).rejects.toMatchObject({
      extensions: { code: 'SERVICE_UNAVAILABLE', service: 'a' },
    });
  });
});
