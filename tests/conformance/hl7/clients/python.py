"""python3-hl7 as a peer; the verbs are those of medplum.mjs. Run with -I: our own module hl7 must not hide it."""

import asyncio
import json
import sys

import hl7
import hl7.client
import hl7.mllp


def send(port, files):
    with hl7.client.MLLPClient("127.0.0.1", port) as client:
        for name in files:
            with open(name, "rb") as f:
                answer = hl7.parse(client.send_message(f.read().decode()).decode().strip("\x0b\x1c\r") + "\r")
            print(answer.segment("MSA")[2], answer.segment("MSA")[1])


def heard(message):
    return {
        "trigger": str(message.segment("MSH")[9]),
        "control": str(message.segment("MSH")[10]),
        "patient": str(message.segment("PID")[3][0][0]),
        "name": str(message.segment("PID")[5]),
        "segments": [str(s[0]) for s in message],
    }


async def answer(reader, writer):
    while not writer.is_closing():
        try:
            message = await reader.readmessage()
        except asyncio.IncompleteReadError:
            break
        told = heard(message)
        print(json.dumps(told), flush=True)
        writer.writemessage(message.create_ack("AE" if told["patient"].startswith("NAK") else "AA"))
        await writer.drain()


async def receive(port):
    async with await hl7.mllp.start_hl7_server(answer, host="127.0.0.1", port=port, encoding="utf-8") as server:
        print("ready", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    verb, port, *files = sys.argv[1:]
    if verb == "send":
        send(int(port), files)
    else:
        asyncio.run(receive(int(port)))
