/**
 * Dependencies point one way (docs/architecture.md, "The house"):
 * domain <- kernels and stores <- pipeline and subgraphs; the gateway knows `service` alone; the CLI knows `stack`.
 */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^(packages|subgraphs|pipeline|gateway|cli)/',
    pathNot: [`^${from}/`, ...allowed.map((path) => `^packages/${path}/`)],
  },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain-stands-alone', 'packages/domain', []),
    only('formats-is-a-kernel', 'packages/formats', ['domain']),
    only('intelligence-is-a-kernel', 'packages/intelligence', ['domain']),
    only('embedding-is-a-kernel', 'packages/embedding', ['domain']),
    only('database-knows-no-other-store', 'packages/database', ['domain']),
    only('graph-knows-no-other-store', 'packages/graph', ['domain']),
    only('vectors-knows-no-other-store', 'packages/vectors', ['domain']),
    only('objects-knows-no-other-store', 'packages/objects', ['domain']),
    only('service-knows-no-domain', 'packages/service', []),
    only('stack-stands-alone', 'packages/stack', []),
    only('archive', 'subgraphs/archive', ['domain', 'database', 'objects', 'formats', 'service']),
    only('knowledge', 'subgraphs/knowledge', ['domain', 'graph', 'service']),
    only('search', 'subgraphs/search', ['domain', 'vectors', 'embedding', 'service']),
    only('pipeline', 'pipeline', [
      'domain',
      'formats',
      'intelligence',
      'embedding',
      'database',
      'graph',
      'vectors',
      'objects',
      'service',
    ]),
    only('gateway-knows-no-domain', 'gateway', ['service']),
    only('cli-speaks-graphql', 'cli', ['stack']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(generated|explorer/page)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    moduleSystems: ['es6', 'cjs'],
    parser: 'swc',
  },
};
