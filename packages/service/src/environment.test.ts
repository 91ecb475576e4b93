import { describe, expect, test } from '@jest/globals';
import { EnvironmentError, readEnvironment, serviceEnvironment } from './environment.ts';

const SECRET = 'a secret of thirty-two characters or more';

describe('readEnvironment', () => {
  test('fills in defaults and reads numbers', () => {
    expect(readEnvironment(serviceEnvironment, { IDENTITY_SECRET: SECRET, PORT: '4000', HOST: '' })).toEqual({
      HOST: '127.0.0.1',
      PORT: 4000,
      METRICS_PORT: 0,
      LOG_LEVEL: 'info',
      IDENTITY_SECRET: SECRET,
      NODE_ENV: 'development',
    });
  });

  test('names every variable that is wrong, and shows no secret', () => {
    const read = () => readEnvironment(serviceEnvironment, { IDENTITY_SECRET: 'hunter2', PORT: 'many' });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(/PORT: .*; found "many"/);
    expect(read).toThrow(/IDENTITY_SECRET: .*; found 7 characters \(not shown\)/);
    expect(read).not.toThrow(/hunter2/);
  });

  test('says what is missing', () => {
    expect(() => readEnvironment(serviceEnvironment, {})).toThrow(/IDENTITY_SECRET: .*; found nothing/);
  });
});
