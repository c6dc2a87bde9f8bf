// Files that are on the disk when a function returns.

import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const read = (folder, name) => readFileSync(join(folder, name));

export function write(folder, name, bytes) {
  const file = openSync(join(folder, name), 'w');
  writeAll(file, bytes);
  fsyncSync(file);
  closeSync(file);
}

// A log of pieces, each with its length before it.
export class Log {
  constructor(folder, name) {
    this.path = join(folder, name);
    this.file = openSync(this.path, 'a');
  }

  add(pieces) {
    const parts = [];
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      parts.push(length, bytes);
    }
    writeAll(this.file, Buffer.concat(parts));
    fsyncSync(this.file);
  }

  pieces() {
    const all = readFileSync(this.path);
    const found = [];
    for (let at = 0; at < all.length; ) {
      const length = all.readUInt32LE(at);
      found.push(all.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    return found;
  }
}

function writeAll(file, bytes) {
  const whole = Buffer.from(bytes);
  for (let at = 0; at < whole.length; ) at += writeSync(file, whole, at);
}
