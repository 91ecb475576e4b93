export { ConfigError, checkConfig, type GatewayConfig, type GatewaySettings } from './config/config.ts';
export { type RunningGateway, startGateway } from './gateway.ts';
