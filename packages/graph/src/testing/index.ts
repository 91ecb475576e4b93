/** For tests of this package and of those who build on it. */
export { rawCypher } from './cypher.ts';
export { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
export * from './projections.ts';
