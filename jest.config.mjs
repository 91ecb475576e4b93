const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testPathIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['/\\.colloquy/', '/\\.turbo/'],
};

/** `unit` needs nothing; `integration` needs the real stores that tooling/test.ts starts. */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{packages,subgraphs,pipeline,gateway,cli,tests}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.integration\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/{packages,subgraphs,pipeline,gateway,cli,tests}/**/*.integration.test.ts'],
    },
  ],
};
