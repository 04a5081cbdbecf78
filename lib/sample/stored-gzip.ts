import { crc32 } from 'node:zlib';

const largestBlock = 0xffff;

/**
 * A gzip file (RFC 1952) whose blocks are stored as they are (RFC 1951, 3.2.4). What a compressor
 * makes of the same bytes depends on the machine and on the version of zlib; this does not.
 */
export function storedGzip(content: Buffer): Buffer {
  // Magic, deflate, no flags, no time, no hint, unknown system: nothing of the machine.
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])];
  let place = 0;
  do {
    const block = content.subarray(place, place + largestBlock);
    place += block.length;
    const head = Buffer.alloc(5);
    head.writeUInt8(place >= content.length ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  } while (place < content.length);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(content), 0);
  tail.writeUInt32LE(content.length % 2 ** 32, 4);
  parts.push(tail);
  return Buffer.concat(parts);
}
