const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['/bench/gateway/peers/', '/\\.colloquy/', '/\\.turbo/'],
};

const FOLDERS = '<rootDir>/{packages,subgraphs,pipeline,gateway,cli,schema,tooling,tests,bench}/**';
const DEPENDENCIES = '/node_modules/';

/** `unit` needs nothing; `integration` needs the stores that tooling/test.ts starts; `e2e` starts platforms of its own. */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [`${FOLDERS}/*.test.ts`],
      testPathIgnorePatterns: [DEPENDENCIES, '\\.integration\\.test\\.ts$', '\\.e2e\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: [`${FOLDERS}/*.integration.test.ts`],
      testPathIgnorePatterns: [DEPENDENCIES],
    },
    { ...shared, displayName: 'e2e', testMatch: [`${FOLDERS}/*.e2e.test.ts`], testPathIgnorePatterns: [DEPENDENCIES] },
  ],
};
