"""Speaks the Language Server Protocol over stdio with the real yaml-language-server, as an editor does."""

import json
import subprocess
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Any


class Editor:
    """An editor with one server; `root` is the folder it has opened."""

    def __init__(self, node: str, server: Path, root: Path) -> None:
        command = [node, str(server), "--stdio"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.root, self.last = root, 0
        self.answers: dict[int, Queue[Any]] = {}
        self.told: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
        self.tell("initialized", {})
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def close(self) -> None:
        self.process.kill()
        self.process.wait()

    def open(self, file: Path) -> list[dict[str, Any]]:
        """Open a file; what the server says is wrong in it."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text(encoding="utf-8")}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while True:
            said = self.told.get(timeout=30)
            if said["uri"] == file.as_uri():
                return list(said["diagnostics"])

    def complete(self, file: Path, line: int, character: int) -> list[str]:
        """The labels offered at a place, both counted from 0."""
        answer = self._at("textDocument/completion", file, line, character)
        return [item["label"] for item in (answer or {}).get("items", [])]

    def hover(self, file: Path, line: int, character: int) -> str:
        """What is shown under the pointer, as Markdown."""
        answer = self._at("textDocument/hover", file, line, character)
        return str(answer["contents"]["value"]) if answer else ""

    def _at(self, method: str, file: Path, line: int, character: int) -> Any:
        place = {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": character}}
        return self.ask(method, place)

    def ask(self, method: str, params: Any) -> Any:
        self.last += 1
        self.answers[self.last] = Queue()
        self._write({"id": self.last, "method": method, "params": params})
        try:
            return self.answers[self.last].get(timeout=30)
        except Empty:
            raise AssertionError(f"the language server did not answer {method}") from None

    def tell(self, method: str, params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout
        while message := self._read():
            if "method" in message and "id" in message:
                self._write({"id": message["id"], "result": self._settings(message)})
            elif message.get("method") == "textDocument/publishDiagnostics":
                self.told.put(message["params"])
            elif "id" in message:
                self.answers[message["id"]].put(message.get("result"))

    def _settings(self, message: dict[str, Any]) -> Any:
        """What the server asks its editor for: its settings, section by section."""
        if message["method"] != "workspace/configuration":
            return None
        own = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
        return [own if item.get("section") == "yaml" else {} for item in message["params"]["items"]]

    def _read(self) -> dict[str, Any] | None:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length)) if length else None
