declare module 'snappyjs' {
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array;
  export function compress(uncompressed: Uint8Array): Uint8Array;
}

declare module 'lz4js' {
  const lz4: {
    /** Answers with where the output ends. */
    decompressBlock(source: Uint8Array, output: Uint8Array, at: number, length: number, outputAt: number): number;
    compress(uncompressed: Uint8Array): Uint8Array;
  };
  export default lz4;
}
