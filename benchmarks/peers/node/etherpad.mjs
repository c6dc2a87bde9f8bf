// Etherpad: changesets of one text, a line a clause, and a key revision every hundred.
// Its file `Changeset.js` is used as it is, without the server around it.

import { createRequire } from 'node:module';

import { Log } from './files.mjs';

const EVERY = 100;
const place = process.env.BENCHMARK_ETHERPAD;
const require = createRequire(import.meta.url);
const Changeset = require(`${place}/static/js/Changeset.js`);
const Pool = require(`${place}/static/js/AttributePool.js`);

export const peer = (folder) => new Etherpad(folder);

class Etherpad {
  constructor(folder) {
    this.log = new Log(folder, 'revisions.log');
    this.pool = new Pool();
    // A pad always ends with a line break.
    this.text = '\n';
    this.changesets = [null];
    this.keys = [this.text];
  }

  phrase(act) {
    let text = this.text;
    let changeset = null;
    for (const [at, removed, words] of act.flat) {
      const one = Changeset.makeSplice(text, at, removed, words);
      changeset = changeset ? Changeset.compose(changeset, one, this.pool) : one;
      text = Changeset.applyToText(one, text);
    }
    return changeset ?? Changeset.identity(text.length);
  }

  put(changeset) {
    this.text = Changeset.applyToText(changeset, this.text);
    this.changesets.push(changeset);
    if ((this.changesets.length - 1) % EVERY === 0) this.keys.push(this.text);
  }

  take(act) {
    const changeset = this.phrase(act);
    this.put(changeset);
    const key = (this.changesets.length - 1) % EVERY === 0 ? this.text : undefined;
    return JSON.stringify({ changeset, author: act.by, key });
  }

  build(acts) {
    this.log.add(acts.map((act) => this.take(act)));
  }

  open() {
    for (const piece of this.log.pieces()) {
      const { changeset, key } = JSON.parse(piece);
      this.changesets.push(changeset);
      if (key !== undefined) this.keys.push(key);
    }
    this.text = this.textAt(this.changesets.length - 1);
    return this.text.slice(0, -1);
  }

  textAt(position) {
    const key = Math.floor(position / EVERY);
    let text = this.keys[key];
    for (let at = key * EVERY + 1; at <= position; at++)
      text = Changeset.applyToText(this.changesets[at], text);
    return text;
  }

  at(position) {
    this.hand = this.textAt(position);
    this.position = position;
    return this.hand.slice(0, -1);
  }

  // Back is read anew: what turns a changeset round needs the text before it.
  step(position) {
    if (position !== this.position + 1) return this.at(position);
    this.hand = Changeset.applyToText(this.changesets[position], this.hand);
    this.position = position;
    return this.hand.slice(0, -1);
  }

  append(act) {
    this.log.add([this.take(act)]);
  }
}
