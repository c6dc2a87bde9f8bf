// Yjs: a text a clause, an array for their order, and a snapshot after every step; nothing collected.

import * as Y from 'yjs';

import { Log, read, write } from './files.mjs';

export const peer = (folder) => new Yjs(folder);

class Yjs {
  constructor(folder) {
    this.folder = folder;
    this.log = new Log(folder, 'updates.log');
    this.shots = new Log(folder, 'snapshots.log');
    this.doc = new Y.Doc({ gc: false });
    this.snapshots = [Y.snapshot(this.doc)];
  }

  take(act) {
    const order = this.doc.getArray('order');
    const clauses = this.doc.getMap('clauses');
    this.doc.transact(() => {
      switch (act.kind) {
        case 'add':
          clauses.set(act.key, new Y.Text(act.text));
          order.insert(act.index, [act.key]);
          break;
        case 'words': {
          const text = clauses.get(act.key);
          if (act.removed) text.delete(act.at, act.removed);
          if (act.text) text.insert(act.at, act.text);
          break;
        }
        case 'drop':
          order.delete(act.index, 1);
          clauses.delete(act.key);
          break;
        case 'move':
          order.delete(act.from, 1);
          order.insert(act.to, [act.key]);
          break;
      }
    });
    this.snapshots.push(Y.snapshot(this.doc));
  }

  build(acts) {
    let held = [];
    for (const act of acts) {
      this.take(act);
      held.push(Y.encodeSnapshot(this.snapshots.at(-1)));
      if (held.length === 1000) this.shots.add(held.splice(0));
    }
    this.shots.add(held);
    write(this.folder, 'doc.yjs', Y.encodeStateAsUpdate(this.doc));
  }

  open() {
    Y.applyUpdate(this.doc, read(this.folder, 'doc.yjs'));
    for (const piece of this.log.pieces()) Y.applyUpdate(this.doc, piece);
    this.snapshots = [this.snapshots[0], ...this.shots.pieces().map((one) => Y.decodeSnapshot(one))];
    return whole(this.doc);
  }

  at(position) {
    return whole(Y.createDocFromSnapshot(this.doc, this.snapshots[position]));
  }

  clauses(position) {
    return pairs(Y.createDocFromSnapshot(this.doc, this.snapshots[position]));
  }

  append(act) {
    let update = null;
    this.doc.once('update', (bytes) => (update = bytes));
    this.take(act);
    this.log.add(update ? [update] : []);
    this.shots.add([Y.encodeSnapshot(this.snapshots.at(-1))]);
  }
}

function pairs(doc) {
  const clauses = doc.getMap('clauses');
  return doc.getArray('order').toArray().map((key) => [key, clauses.get(key).toString()]);
}

const whole = (doc) => pairs(doc).map(([, text]) => text).join('\n');
