// @medplum/hl7 as a peer: `send PORT FILE…` prints "control-id code" for each answer; `receive PORT` answers AA to what
// comes (AE for patients called NAK…) and prints each message as its own parser reads it, one line of JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// Its ES module names exports that iconv-lite, a CommonJS module, does not show.
const require = createRequire(import.meta.url);
const { Hl7Message } = require('@medplum/core');
const { Hl7Client, Hl7Server } = require('@medplum/hl7');

const [verb, port, ...files] = process.argv.slice(2);

async function send() {
  const client = new Hl7Client({ host: '127.0.0.1', port: Number(port), keepAlive: true });
  for (const file of files) {
    const answer = await client.sendAndWait(Hl7Message.parse(readFileSync(file, 'utf8')));
    const msa = answer.getSegment('MSA');
    console.log(`${msa.getField(2)} ${msa.getField(1)}`);
  }
  client.close();
}

function heard(message) {
  const header = message.header;
  return {
    trigger: header.getField(9).toString(),
    control: header.getField(10).toString(),
    patient: message.getSegment('PID')?.getField(3)?.getComponent(1) ?? '',
    name: message.getSegment('PID')?.getField(5)?.toString() ?? '',
    segments: message.segments.map((s) => s.name),
  };
}

function answer(message) {
  const ack = message.buildAck();
  if (!heard(message).patient.startsWith('NAK')) return ack;
  return Hl7Message.parse(ack.toString().replace('MSA|AA|', 'MSA|AE|'));
}

function receive() {
  const server = new Hl7Server((connection) => {
    connection.addEventListener('message', ({ message }) => {
      console.log(JSON.stringify(heard(message)));
      connection.send(answer(message));
    });
  });
  server.start(Number(port));
  console.log('ready');
}

await (verb === 'send' ? send() : receive());
