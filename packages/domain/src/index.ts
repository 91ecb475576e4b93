export * from './enums.ts';
export * from './ids.ts';
export * from './jobs.ts';
export * from './platforms.ts';
export * from './text.ts';
export * from './viewer.ts';
