"""A mail server in a process of its own that takes everything and writes down each message before it says 250.

    python sink.py LOG [LINGER_MS]

Prints its port. LOG gets one line of JSON a message: its Message-ID, recipient and subject as they came. With LINGER_MS
the answer to the text comes that much later, which is where a killed sender cannot know. Who says QUIET is answered
once every other connection made before has come to its end, so that the log is complete.
"""

import asyncio
import json
import os
import sys
from email import message_from_bytes
from email.policy import default


class Sink:
    def __init__(self, log: str, linger: float) -> None:
        self.log, self.linger = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), linger
        self.open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the sender was killed
        finally:
            self.open -= 1
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        recipient = ""
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                self._keep(recipient, await reader.readuntil(b"\r\n.\r\n"))
                await asyncio.sleep(self.linger)
            elif verb == b"RCPT":
                recipient = line.decode().strip().partition("<")[2].rstrip(">")
            elif verb == b"QUIE":
                while self.open > 1:
                    await asyncio.sleep(0.001)
            elif verb == b"EHLO":
                writer.write(b"250-sink\r\n250-PIPELINING\r\n")
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 taken\r\n")
            await writer.drain()

    def _keep(self, recipient: str, content: bytes) -> None:
        message = message_from_bytes(content, policy=default)
        line = {"id": message["Message-ID"], "to": recipient, "subject": message["Subject"]}
        os.write(self.log, json.dumps(line).encode() + b"\n")


async def main(log: str, linger: float) -> None:
    server = await asyncio.start_server(Sink(log, linger).serve, "127.0.0.1", 0, limit=2**24)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0))
