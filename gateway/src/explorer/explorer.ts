import type { GatewayConfig } from '../config/config.ts';
import type { Step } from '../request/exchange.ts';

export async function createExplorer(_config: GatewayConfig, _options: { production: boolean }): Promise<Step> {
  return () => false;
}
