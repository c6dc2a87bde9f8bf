// diamond-types: one text for all clauses, a line each; a version is the number of its last letter.

import { Branch, OpLog } from 'diamond-types-node';

import { Log, read, write } from './files.mjs';

export const peer = (folder) => new Diamond(folder);

class Diamond {
  constructor(folder) {
    this.folder = folder;
    this.log = new Log(folder, 'patches.log');
    this.ops = new OpLog('room');
    this.versions = [this.ops.getLocalVersion()];
  }

  take(act) {
    for (const [at, removed, text] of act.flat) {
      if (removed) this.ops.del(at, removed);
      if (text) this.ops.ins(at, text);
    }
    this.versions.push(this.ops.getLocalVersion());
  }

  build(acts) {
    for (const act of acts) this.take(act);
    write(this.folder, 'text.dt', this.ops.toBytes());
    write(this.folder, 'versions', Buffer.from(Int32Array.from(this.versions, last).buffer));
  }

  open() {
    this.ops = OpLog.fromBytes(read(this.folder, 'text.dt'), 'room');
    const bytes = read(this.folder, 'versions');
    const numbers = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    this.versions = Array.from(numbers, (one) => (one < 0 ? [] : [one])).map((one) => Uint32Array.from(one));
    for (const piece of this.log.pieces()) {
      this.ops.addFromBytes(piece);
      this.versions.push(this.ops.getLocalVersion());
    }
    this.ops.setAgent('room');
    return this.at(this.versions.length - 1);
  }

  at(position) {
    const branch = new Branch();
    branch.merge(this.ops, this.versions[position]);
    const text = branch.get();
    branch.free();
    return text;
  }

  append(act) {
    const before = this.ops.getLocalVersion();
    this.take(act);
    this.log.add([this.ops.getPatchSince(before)]);
  }
}

const last = (version) => (version.length ? version[version.length - 1] : -1);
