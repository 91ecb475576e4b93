import { apollo } from './apollo.ts';
import { colloquy } from './colloquy.ts';
import { floor } from './floor.ts';
import type { Gateway } from './gateway.ts';
import { hiveGateway } from './hive-gateway.ts';
import { hiveRouter } from './hive-router.ts';
import { mercurius } from './mercurius.ts';

/** Every gateway of the comparison, in the order of the table: doing the same work first, then with deduplication. */
export function allGateways(hiveRouterBinary: string | undefined): Gateway[] {
  return [
    colloquy(false),
    hiveRouter(false, hiveRouterBinary),
    hiveGateway(false),
    mercurius,
    apollo,
    floor,
    colloquy(true),
    hiveRouter(true, hiveRouterBinary),
    hiveGateway(true),
  ];
}
