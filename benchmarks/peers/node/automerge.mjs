// Automerge: a text a clause in a map, a list for their order; a position is the heads after a step.

import * as A from '@automerge/automerge';

import { Log, read, write } from './files.mjs';

export const peer = (folder) => new Automerge(folder);

class Automerge {
  constructor(folder) {
    this.folder = folder;
    this.log = new Log(folder, 'changes.log');
    this.doc = A.from({ order: [], clauses: {} });
    this.heads = [A.getHeads(this.doc)];
  }

  take(act) {
    this.doc = A.change(this.doc, { message: act.by }, (doc) => {
      switch (act.kind) {
        case 'add':
          doc.clauses[act.key] = act.text;
          doc.order.insertAt(act.index, act.key);
          break;
        case 'words':
          A.splice(doc, ['clauses', act.key], act.at, act.removed, act.text);
          break;
        case 'drop':
          doc.order.deleteAt(act.index);
          delete doc.clauses[act.key];
          break;
        case 'move':
          doc.order.deleteAt(act.from);
          doc.order.insertAt(act.to, act.key);
          break;
      }
    });
    this.heads.push(A.getHeads(this.doc));
  }

  build(acts) {
    for (const act of acts) this.take(act);
    write(this.folder, 'doc.automerge', A.save(this.doc));
    write(this.folder, 'heads.json', JSON.stringify(this.heads));
  }

  open() {
    this.doc = A.load(read(this.folder, 'doc.automerge'));
    this.heads = JSON.parse(read(this.folder, 'heads.json'));
    for (const piece of this.log.pieces()) {
      this.doc = A.loadIncremental(this.doc, piece);
      this.heads.push(A.getHeads(this.doc));
    }
    A.saveIncremental(this.doc);
    return whole(this.doc);
  }

  at(position) {
    return whole(A.view(this.doc, this.heads[position]));
  }

  clause(key, position) {
    return String(A.view(this.doc, this.heads[position]).clauses[key]);
  }

  clauses(position) {
    return pairs(A.view(this.doc, this.heads[position]));
  }

  append(act) {
    this.take(act);
    this.log.add([A.saveIncremental(this.doc)]);
  }
}

const pairs = (doc) => Array.from(doc.order, (key) => [String(key), String(doc.clauses[key])]);
const whole = (doc) => pairs(doc).map(([, text]) => text).join('\n');
