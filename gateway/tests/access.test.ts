import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { MEMBERS_FEDERATION } from './support/access.ts';
import { token } from './support/gateway.ts';
import { type Guarded, startGuarded } from './support/guarded.ts';
import { documented } from './support/library.ts';

const error = (...path: string[]) => ({
  message: 'Unauthorized field or type',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

describe('what a client may not see', () => {
  let running: Guarded;
  beforeAll(async () => {
    running = await startGuarded(MEMBERS_FEDERATION, await documented('access'));
  });
  afterAll(() => running.close());
  beforeEach(() => void running.fetches.splice(0));
  const asked = () => running.fetches.map(({ query }) => query).join('\n');

  test('is null in the answer, with an error for each place, and no subgraph is asked for it', async () => {
    const { status, body } = await running.ask('{ members { name email card } me { name } }', { claims: null });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        members: ['1', '2'].map((id) => ({ name: `Member ${id}`, email: null, card: null })),
        me: null,
      },
      errors: [error('members', 'email'), error('members', 'card'), error('me')],
    });
    expect(asked()).not.toMatch(/email|card|\bme\b/);
  });

  test('is there for the claims that are demanded', async () => {
    const query = '{ members { email card level badge } me { phone } }';
    const { body } = await running.ask(query, {
      claims: { scope: 'members:email badges', policies: ['billing', 'levels'] },
    });
    expect(body.errors).toBeUndefined();
    expect(body.data.members[1]).toEqual({ email: '2@example.com', card: 'card 2', level: 'HIGH', badge: 'badge 2' });
    expect(body.data.me).toEqual({ phone: '555-1' });
  });

  test('makes its parent null where there may be no null, with no other error', async () => {
    const { body } = await running.ask('{ title member(id: 1) { name phone } plans { id } }', { claims: null });
    expect(body).toEqual({
      data: { title: 'The club', member: null, plans: [{ id: 'b' }, { id: 'c' }] },
      errors: [error('member', 'phone')],
    });
    const whole = await running.ask('{ title members { phone } }', { claims: null });
    expect(whole.body).toEqual({ data: null, errors: [error('members', 'phone')] });
  });

  test('is not fetched at all when nothing else is asked for', async () => {
    const { status, body } = await running.ask('{ me { name } }', { claims: null });
    expect([status, body]).toEqual([200, { data: { me: null }, errors: [error('me')] }]);
    expect(running.fetches).toEqual([]);
  });

  test('is not in the answer as a key that joins subgraphs either', async () => {
    const query = '{ tallied { id count label } }';
    const anonymous = await running.ask(query, { claims: null });
    expect(anonymous.body).toEqual({ data: { tallied: null }, errors: [error('tallied', 'id')] });
    expect(asked()).toContain('_entities');
    expect(JSON.stringify(anonymous.body)).not.toContain('protected key');
    const joined = await running.ask('{ tallied { count label } }', { claims: null });
    expect(joined.body).toEqual({ data: { tallied: { count: 3, label: 'gold' } } });
    const renamed = await running.ask('{ tallied { id: label count } other: tallied { id: count label } }', {
      claims: null,
    });
    expect(renamed.body).toEqual({ data: { tallied: { id: 'gold', count: 3 }, other: { id: 3, label: 'gold' } } });
    const known = await running.ask(query);
    expect(known.body).toEqual({ data: { tallied: { id: 'the protected key', count: 3, label: 'gold' } } });
  });

  test('changes nothing below it or beside it in other subgraphs', async () => {
    const { body } = await running.ask('{ members { posts email } }');
    expect(body).toEqual({
      data: {
        members: [
          { posts: 7, email: null },
          { posts: 7, email: null },
        ],
      },
      errors: [error('members', 'email')],
    });
  });

  test('of an interface: its fields, unless the types that are open are asked for', async () => {
    const closed = await running.ask('{ title posts { title } }', { claims: null });
    expect(closed.body).toEqual({ data: null, errors: [error('posts')] });
    const open = await running.ask(
      '{ posts { __typename ... on PublicPost { title } ... on PrivatePost { title note } } }',
      { claims: null },
    );
    expect(open.body).toEqual({
      data: {
        posts: [
          { __typename: 'PublicPost', title: 'Open' },
          { __typename: 'PrivatePost', title: null, note: null },
        ],
      },
      errors: [error('posts', 'title'), error('posts', 'note')],
    });
    expect(asked()).not.toContain('note');
    const mine = await running.ask('{ posts { title } }');
    expect(mine.body).toEqual({ data: { posts: [{ title: 'Open' }, { title: 'Closed' }] } });
  });

  test('of one type of an interface: that field', async () => {
    const { body } = await running.ask('{ plans { id ... on Basic { price } ... on Custom { price } } }');
    expect(body).toEqual({
      data: {
        plans: [
          { id: 'b', price: 1 },
          { id: 'c', price: null },
        ],
      },
      errors: [error('plans', 'price')],
    });
  });

  test('of a mutation: it is not run', async () => {
    const mutation = 'mutation { rename(id: 1, name: "Ada") { name } }';
    const { body } = await running.ask(mutation, { claims: { scope: 'members:write' } });
    expect(body).toEqual({ data: { rename: null }, errors: [error('rename')] });
    expect(running.fetches).toEqual([]);
    const allowed = await running.ask(mutation, { claims: { scope: 'members:read members:write' } });
    expect(allowed.body).toEqual({ data: { rename: { name: 'Ada' } } });
  });

  test('of a subscription: it does not begin', async () => {
    const response = await fetch(`${running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { joined { name } }' }),
    });
    const [data] = /(?<=event: next\ndata: ).*/.exec(await response.text()) ?? [''];
    expect(JSON.parse(data)).toEqual({ errors: [error('joined')] });
    expect(running.fetches).toEqual([]);
  });

  test('is the same over a WebSocket, with a token or without', async () => {
    const ask = async (connectionParams: Record<string, unknown>) => {
      const url = `${running.gateway.url.replace('http', 'ws')}/graphql`;
      const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
      const { value } = await client.iterate({ query: '{ title me { name } }' }).next();
      await client.dispose();
      return value;
    };
    expect(await ask({})).toEqual({ data: { title: 'The club', me: null }, errors: [error('me')] });
    const known = { data: { title: 'The club', me: { name: 'Member 1' } } };
    expect(await ask({ authorization: `Bearer ${await token()}` })).toEqual(known);
  });

  test('is not missed where it is skipped', async () => {
    const query = 'query($on: Boolean!) { title me @include(if: $on) { name } }';
    const skipped = await running.ask(query, { claims: null, variables: { on: false } });
    expect(skipped.body).toEqual({ data: { title: 'The club' } });
    const asked = await running.ask(query, { claims: null, variables: { on: true } });
    expect(asked.body.errors).toEqual([error('me')]);
  });

  test('is decided anew for each client, however often the operation is repeated', async () => {
    const query = '{ members { email } }';
    for (let round = 0; round < 3; round++) {
      const [none, some] = await Promise.all([
        running.ask(query, { claims: null }),
        running.ask(query, { claims: { scope: 'members:email' } }),
      ]);
      expect(none.body.data.members[0]).toEqual({ email: null });
      expect(some.body.data.members[0]).toEqual({ email: '1@example.com' });
    }
  });

  test('a token that does not hold is refused, whoever may come without one', async () => {
    const { status } = await running.ask('{ title }', { claims: null, headers: { authorization: 'Bearer x.y.z' } });
    expect(status).toBe(401);
  });
});

test('rejectUnauthorized: the operation is refused as a whole', async () => {
  const running = await startGuarded(MEMBERS_FEDERATION, {
    access: { allowAnonymous: true, rejectUnauthorized: true },
  });
  try {
    const { status, body } = await running.ask('{ title me { name } }', { claims: null });
    expect([status, body]).toEqual([403, { errors: [error('me')] }]);
    expect(running.fetches).toEqual([]);
    expect((await running.ask('{ title me { name } }')).status).toBe(200);
  } finally {
    await running.close();
  }
});

test('without allowAnonymous nobody gets in without a token; claims can have other names', async () => {
  const running = await startGuarded(MEMBERS_FEDERATION, { access: { scopesClaim: 'permissions' } });
  try {
    expect((await running.ask('{ title }', { claims: null })).status).toBe(401);
    const query = '{ member(id: 1) { email } }';
    const known = await running.ask(query, { claims: { permissions: ['members:email'] } });
    expect(known.body.data.member.email).toBe('1@example.com');
    const other = await running.ask(query, { claims: { scope: 'members:email' } });
    expect(other.body.data.member.email).toBeNull();
  } finally {
    await running.close();
  }
});
