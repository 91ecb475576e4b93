import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import mercuriusGateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

const { values } = parseArgs({ options: { services: { type: 'string' }, port: { type: 'string' } } });
const app = Fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  gateway: { services: JSON.parse(readFileSync(values.services, 'utf8')) },
});
await app.listen({ host: '127.0.0.1', port: Number(values.port) });
