// ProseMirror: the steps of prosemirror-transform in a log, and a document kept every 64 positions.
// A clause is a node that knows its key; brackets are left out.

import { Fragment, Schema, Slice } from 'prosemirror-model';
import { ReplaceStep, Step } from 'prosemirror-transform';

import { Log } from './files.mjs';

const EVERY = 64;
const schema = new Schema({
  nodes: {
    doc: { content: 'clause*' },
    clause: { content: 'text*', attrs: { key: {} } },
    text: {},
  },
});

export const peer = (folder) => new ProseMirror(folder);

class ProseMirror {
  constructor(folder) {
    this.log = new Log(folder, 'steps.log');
    this.frames = [schema.node('doc', null, [])];
    this.doc = this.frames[0];
    this.steps = [[]];
    this.undo = [[]];
  }

  // -- what a step of the history is in ProseMirror's terms

  phrase(doc, act) {
    switch (act.kind) {
      case 'add': {
        const node = schema.node('clause', { key: act.key }, text(act.text));
        return [insertion(start(doc, act.index), node)];
      }
      case 'words': {
        const at = start(doc, act.index) + 1 + act.at;
        const slice = act.text ? new Slice(Fragment.from(text(act.text)), 0, 0) : Slice.empty;
        return [new ReplaceStep(at, at + act.removed, slice)];
      }
      case 'drop':
        return [removal(doc, act.index)];
      case 'move': {
        const node = doc.child(act.from);
        const away = removal(doc, act.from);
        return [away, insertion(start(away.apply(doc).doc, act.to), node)];
      }
      default:
        return [];
    }
  }

  take(act) {
    const steps = this.phrase(this.doc, act);
    this.put(steps);
    return JSON.stringify(steps);
  }

  put(steps) {
    const undo = [];
    for (const step of steps) {
      undo.unshift(step.invert(this.doc));
      this.doc = step.apply(this.doc).doc;
    }
    this.steps.push(steps);
    this.undo.push(undo);
    if ((this.steps.length - 1) % EVERY === 0) this.frames.push(this.doc);
  }

  // -- what is asked

  build(acts) {
    this.log.add(acts.map((act) => this.take(act)));
  }

  open() {
    for (const piece of this.log.pieces())
      this.put(JSON.parse(piece).map((step) => Step.fromJSON(schema, step)));
    return whole(this.doc);
  }

  docAt(position) {
    const frame = Math.floor(position / EVERY);
    let doc = this.frames[frame];
    for (let at = frame * EVERY + 1; at <= position; at++)
      for (const step of this.steps[at]) doc = step.apply(doc).doc;
    return doc;
  }

  at(position) {
    this.hand = this.docAt(position);
    this.position = position;
    return whole(this.hand);
  }

  step(position) {
    const forth = position > this.position;
    for (const step of forth ? this.steps[position] : this.undo[this.position])
      this.hand = step.apply(this.hand).doc;
    this.position = position;
    return whole(this.hand);
  }

  clauses(position) {
    const found = [];
    this.docAt(position).forEach((node) => found.push([node.attrs.key, node.textContent]));
    return found;
  }

  append(act) {
    this.log.add([this.take(act)]);
  }
}

const text = (words) => (words ? [schema.text(words)] : []);
const insertion = (at, node) => new ReplaceStep(at, at, new Slice(Fragment.from(node), 0, 0));

function start(doc, index) {
  let at = 0;
  for (let child = 0; child < index; child++) at += doc.child(child).nodeSize;
  return at;
}

function removal(doc, index) {
  const at = start(doc, index);
  return new ReplaceStep(at, at + doc.child(index).nodeSize, Slice.empty);
}

function whole(doc) {
  const lines = [];
  doc.forEach((node) => lines.push(node.textContent));
  return lines.join('\n');
}
