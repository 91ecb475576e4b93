export * from './errors.ts';
export * from './formats/colloquy/write.ts';
export type { FormatReader, ReadContext, Recognition } from './formats/reader.ts';
export * from './limits.ts';
export * from './model.ts';
export * from './read.ts';
export * from './registry.ts';
export { type ByteSource, bytesSource } from './source.ts';
