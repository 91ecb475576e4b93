import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InvalidIdError, kindOf, mintUuid, tenantUuid, toId, toUuid } from './ids.ts';

describe('TypeIDs', () => {
  test('a UUID survives the way to an id and back', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => expect(toUuid('conversation', toId('conversation', uuid))).toBe(uuid)));
  });

  test('an id tells its kind, and another kind refuses it', () => {
    const id = toId('item', mintUuid());
    expect(id).toMatch(/^item_[0-9a-z]{26}$/);
    expect(kindOf(id)).toBe('item');
    expect(() => toUuid('message', id)).toThrow(InvalidIdError);
  });

  test.each([
    '',
    'item',
    'item_',
    'item_zz',
    'nope_01h455vb4pex5vsknk084sn02q',
    "item_01' OR 1=1",
    'msg_01h455vb4pex5vsknk084sn02qq',
    'item_00000000000000000000000001',
    'item_8zzzzzzzzzzzzzzzzzzzzzzzzz',
  ])('%j is no id', (text) => {
    expect(kindOf(text)).toBeNull();
    expect(() => toUuid('item', text)).toThrow(InvalidIdError);
  });

  test('ids minted later sort later', () => {
    const ids = Array.from({ length: 50 }, () => mintUuid());
    expect(ids.toSorted()).toEqual(ids);
  });

  test('a tenant has one id everywhere', () => {
    expect(tenantUuid('local')).toBe(tenantUuid('local'));
    expect(tenantUuid('local')).not.toBe(tenantUuid('other'));
  });
});
