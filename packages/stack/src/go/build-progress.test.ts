import { expect, test } from '@jest/globals';
import { countLine, describeBuild, NO_PROGRESS } from './build-progress.ts';

test('downloads and packages are counted, anything else is not', () => {
  const lines = [
    'go: downloading github.com/weaviate/weaviate v1.35.2',
    'go: downloading go.uber.org/zap v1.27.0',
    '# github.com/some/cgo',
    'warning: something odd',
    'internal/byteorder',
    'github.com/weaviate/weaviate/cmd/weaviate-server',
    'gopkg.in/yaml.v3',
  ];
  expect(lines.reduce(countLine, NO_PROGRESS)).toEqual({ modules: 2, packages: 3 });
});

test('the share grows and never reaches the end before the linker is done', () => {
  const whole = { modules: 216, packages: 1_727 };
  const shares = [0, 100, 900, 1_727, 5_000].map(
    (packages) => describeBuild({ modules: 300, packages }, whole).fraction,
  );
  expect([...shares].sort((one, other) => one - other)).toEqual(shares);
  expect(Math.max(...shares)).toBeLessThan(1);
});
