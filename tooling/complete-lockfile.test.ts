import { expect, test } from '@jest/globals';
import { missingEntries, platformOf } from './complete-lockfile.ts';

test.each([
  ['@biomejs/cli-android-arm64', 'android', 'arm64'],
  ['@turbo/windows-64', 'win32', 'x64'],
  ['@unrs/resolver-binding-linux-arm-musleabihf', 'linux', 'arm'],
  ['@swc/core-win32-ia32-msvc', 'win32', 'ia32'],
])('%s runs on %s %s', (name, os, cpu) => {
  expect(platformOf(name)).toEqual({ os: [os], cpu: [cpu] });
});

test('a name that tells no platform is left alone', () => {
  expect(platformOf('fsevents')).toBeNull();
});

test('only what is missing is added, in the version that is wanted', () => {
  const packages = {
    '': {},
    'node_modules/tool': {
      dev: true,
      optionalDependencies: { '@tool/linux-x64': '1.2.3', '@tool/darwin-arm64': '1.2.3', '@tool/win32-x64': '^1' },
    },
    'node_modules/@tool/linux-x64': { version: '1.2.3' },
  };
  expect(missingEntries({ packages })).toEqual({
    'node_modules/@tool/darwin-arm64': { version: '1.2.3', os: ['darwin'], cpu: ['arm64'], dev: true, optional: true },
  });
});
