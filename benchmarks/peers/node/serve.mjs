// Answers questions about one peer's store, a line of JSON each, with the time that the peer took.
// The clock stands in here: the way through the pipe is no part of the answer.
//
//   node serve.mjs PEER FOLDER-OF-THE-STORE

import { createInterface } from 'node:readline';

const { peer: open } = await import(`./${process.argv[2]}.mjs`);
const peer = await open(process.argv[3]);

process.stdout.write('"ready"\n');
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [command, ...given] = JSON.parse(line);
  let reply;
  try {
    const began = process.hrtime.bigint();
    const answer = await peer[command](...given);
    const micros = Number(process.hrtime.bigint() - began) / 1000;
    reply = { micros, answer: answer ?? null };
  } catch (fault) {
    reply = { fault: String(fault?.message ?? fault) };
  }
  reply.bytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify(reply) + '\n');
}
