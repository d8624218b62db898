#!/usr/bin/env python3
"""Writes the tables by which the demo server speaks older layers: src/schema/native.tl, and here a file a layer.

    generate.py --native API.tl [--older LAYER SCHEMA WHERE-FROM] ...

API.tl is `tl/api.tl` of the crate grammers-tl-types, the layer that the server is written in. An older SCHEMA is a .tl file
(Kurigram's source package has one: compiler/api/source/main_api.tl) or the api-schema.json of the npm package
@mtcute/core. What was used last stands in the head of each file.

An older layer's file holds only what differs from the native one, of all that can stand in answers, updates and
arguments. native.tl holds what is needed to find those places, and those where a value can stand
in another of its own type.
"""

import argparse
import json
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
PRIMITIVE = {"int", "long", "double", "string", "bytes", "int128", "int256", "true", "#", "Bool", "X", "!X"}


class Combinator:
    def __init__(self, name, number, fields, result, function):
        self.name, self.number, self.fields, self.result, self.function = name, number, fields, result, function

    def line(self):
        fields = "".join(f" {name}:{kind}" for name, kind in self.fields)
        return f"{self.name}#{self.number:x}{fields} = {self.result};"

    def types(self):
        for _, kind in self.fields:
            yield bare(kind)


def bare(kind):
    """The type inside flags and vectors."""
    kind = re.sub(r"^\w+\.\d+\?", "", kind)
    while match := re.fullmatch(r"[Vv]ector<(.+)>", kind):
        kind = match[1]
    return kind


def from_tl(path):
    schema, function = {}, False
    for line in path.read_text().splitlines():
        line = line.split("//")[0].strip()
        if line.startswith("---"):
            function = "functions" in line
        match = re.fullmatch(r"([\w.]+)#([0-9a-f]+)\s*(.*?)\s*=\s*([\w.<> ]+);", line)
        # Wrappers around any call are taken off before.
        if not match or "{" in line:
            continue
        fields = [tuple(field.split(":", 1)) for field in match[3].split()]
        schema[match[1]] = Combinator(match[1], int(match[2], 16), fields, match[4].replace(" ", ""), function)
    return schema


def from_mtcute(path):
    schema = {}
    for entry in json.loads(path.read_text())["e"]:
        if entry["name"].startswith("mtcute.") or not entry.get("id"):
            continue
        fields = []
        for argument in entry["arguments"]:
            modifiers = argument.get("typeModifiers") or {}
            kind = {"int53": "long"}.get(argument["type"], argument["type"])
            if modifiers.get("isVector") or modifiers.get("isBareVector"):
                kind = f"Vector<{kind}>"
            if modifiers.get("predicate"):
                kind = f"{modifiers['predicate']}?{kind}"
            fields.append((argument["name"], kind))
        result = {"int53": "long"}.get(entry["type"], entry["type"])
        if (entry.get("typeModifiers") or {}).get("isVector"):
            result = f"Vector<{result}>"
        function = entry["kind"] == "method"
        schema[entry["name"]] = Combinator(entry["name"], entry["id"], fields, result, function)
    return schema


def differences(native, older):
    changed = {name for name in native if name in older and older[name].number != native[name].number}
    # What every layer has, though not every schema says so.
    basic = {"boolFalse", "boolTrue", "true", "error", "null", "vector"}
    absent = {name for name in native if name not in older} - basic
    gone = {name for name in older if name not in native}
    return changed, absent, gone


def reach(kind, by_type):
    """The types that can stand in one."""
    seen, waiting = set(), [kind]
    while waiting:
        for combinator in by_type.get(waiting.pop(), []):
            new = set(combinator.types()) - seen
            seen |= new
            waiting += new
    return seen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--native", required=True, type=Path)
    parser.add_argument("--older", action="append", nargs=3, default=[], metavar=("LAYER", "SCHEMA", "FROM"))
    arguments = parser.parse_args()
    native = from_tl(arguments.native)
    by_type = {}
    for combinator in native.values():
        if not combinator.function:
            by_type.setdefault(combinator.result, []).append(combinator)
    older = {}
    for layer, path, source in arguments.older:
        path = Path(path)
        older[int(layer)] = (from_mtcute if path.suffix == ".json" else from_tl)(path), source

    # A type is tainted when something that differs can stand in it, or something that can stand in itself: readers have
    # to look how deep that goes.
    differing = {
        combinator.name for kind, members in by_type.items() for combinator in members if kind in reach(kind, by_type)
    }
    for schema, _ in older.values():
        changed, absent, _ = differences(native, schema)
        differing |= changed | absent
    tainted, before = set(), -1
    while before != len(tainted):
        before = len(tainted)
        for combinator in native.values():
            if not combinator.function and (
                combinator.name in differing or any(kind in tainted for kind in combinator.types())
            ):
                tainted.add(combinator.result)

    functions = [
        combinator for combinator in native.values()
        if combinator.function
        and (combinator.name in differing or bare(combinator.result) in tainted
             or any(kind in tainted for kind in combinator.types()))
    ]
    wanted, seen = ["Updates"], set()
    for function in functions:
        # Also where only the arguments are of interest: who has the method can follow its answer.
        wanted.append(bare(function.result))
        if any(kind in tainted for kind in function.types()):
            wanted += function.types()
    while wanted:
        kind = wanted.pop()
        if kind in seen or kind in PRIMITIVE:
            continue
        seen.add(kind)
        for combinator in by_type.get(kind, []):
            wanted += combinator.types()

    head = "// Written by generate.py; do not edit.\n"
    types = [combinator for combinator in native.values() if not combinator.function and combinator.result in seen]
    lines = [head + "// The server's own layer: what may stand in answers, updates and arguments that differ elsewhere.\n"]
    lines += [combinator.line() + "\n" for combinator in types]
    lines += ["---functions---\n"] + [combinator.line() + "\n" for combinator in functions]
    (HERE.parents[1] / "schema" / "native.tl").write_text("".join(lines))
    kept = {combinator.name for combinator in types} | {function.name for function in functions}
    print(f"native: {len(types)} constructors, {len(functions)} methods, {sum(map(len, lines)) // 1024} KiB")

    for layer, (schema, source) in older.items():
        changed, absent, gone = differences(native, schema)
        lines = [head + f"// Layer {layer}, from {source}: what differs from the server's own.\n"]
        changed = sorted(name for name in changed if name in kept)
        absent = sorted(name for name in absent if name in kept)
        gone = sorted(
            name for name in gone
            if schema[name].result in seen or schema[name].function
        )
        lines += [schema[name].line() + "\n" for name in changed + gone if not schema[name].function]
        lines += ["---functions---\n"]
        lines += [schema[name].line() + "\n" for name in changed + gone if schema[name].function]
        lines += ["---absent---\n"] + [name + "\n" for name in absent]
        (HERE / f"{layer}.tl").write_text("".join(lines))
        print(f"{layer}: {len(changed)} changed, {len(gone)} only there, {len(absent)} not there")


if __name__ == "__main__":
    main()
