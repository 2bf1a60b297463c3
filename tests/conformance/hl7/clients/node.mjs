// node-hl7-client and node-hl7-server as peers; the verbs are those of medplum.mjs.
import { readFileSync } from 'node:fs';
import * as client from 'node-hl7-client';
import * as server from 'node-hl7-server';

const [verb, port, ...files] = process.argv.slice(2);

function send() {
  const waiting = files.map((f) => readFileSync(f, 'utf8'));
  const peer = new client.Client({ host: '127.0.0.1' });
  const line = peer.createConnection({ port: Number(port), waitAck: true }, async (answer) => {
    const message = answer.getMessage();
    console.log(`${message.get('MSA.2').toString()} ${message.get('MSA.1').toString()}`);
    await next();
  });
  async function next() {
    const text = waiting.shift();
    if (text) await line.sendMessage(new client.Message({ text }));
    else await line.close();
  }
  line.on('connect', next);
}

function heard(message) {
  return {
    trigger: message.get('MSH.9').toString(),
    control: message.get('MSH.10').toString(),
    patient: message.get('PID.3.1').toString(),
    name: message.get('PID.5').toString(),
    segments: message.toString().split('\r').filter(Boolean).map((s) => s.slice(0, 3)),
  };
}

function receive() {
  const house = new server.Server({ bindAddress: '127.0.0.1' });
  const door = house.createInbound({ port: Number(port) }, async (request, response) => {
    const told = heard(request.getMessage());
    console.log(JSON.stringify(told));
    await response.sendResponse(told.patient.startsWith('NAK') ? 'AE' : 'AA');
  });
  door.on('listen', () => console.log('ready'));
}

(verb === 'send' ? send : receive)();
