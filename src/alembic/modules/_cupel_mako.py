# SPDX-License-Identifier: MIT
"""script.py.mako: a template becomes Python, which writes the new revision.

${expression | filter}, lines of control (% for ...), comments (##), <% code %>, <%! code %>, <%doc>, <%text> and
<%def>; no inheritance and no other files."""


class TemplateError(Exception):
    """What is wrong, and in which line of the template."""

    def __init__(self, message, line):
        Exception.__init__(self, "line %d: %s" % (line, message))
        self.line = line


_OPENS = ("if", "for", "while", "try", "with")
_GOES_ON = ("elif", "else", "except", "finally")


class _Translator:
    def __init__(self, text):
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.line = 1
        self.module = []
        self.body = []
        self.depth = 1
        self.blocks = []
        self.pending = []

    def error(self, message):
        return TemplateError(message, self.line)

    # --- what comes out

    def code(self, line):
        self.body.append("    " * self.depth + line)

    def literal(self, text):
        if text:
            self.pending.append(text)

    def flush(self):
        if self.pending:
            self.code("_write(" + repr("".join(self.pending)) + ")")
            self.pending = []

    # --- what goes in

    def take(self, length):
        piece = self.text[self.at:self.at + length]
        self.line += piece.count("\n")
        self.at += length
        return piece

    def take_until(self, mark, what):
        end = self.text.find(mark, self.at)
        if end < 0:
            raise self.error(what + " is not closed by " + mark)
        piece = self.take(end - self.at)
        self.take(len(mark))
        return piece

    def run(self):
        while self.at < len(self.text):
            if self.at == 0 or self.text[self.at - 1] == "\n":
                if self.control_line():
                    continue
            self.step()
        self.flush()
        if self.blocks:
            raise self.error("'% " + self.blocks[-1][0] + "' has no end")
        head = ["def _text(value):", "    return str(value)", "", "def n(value):", "    return value", ""]
        return "\n".join(head + self.module + ["def render(_write):", "    pass"] + self.body) + "\n"

    def control_line(self):
        end = self.text.find("\n", self.at)
        if end < 0:
            end = len(self.text)
        words = self.text[self.at:end].strip()
        if words[:2] == "##":
            self.take(end + 1 - self.at)
            return True
        if words[:2] == "%%":
            indent = self.text.find("%", self.at) - self.at
            self.literal(self.take(indent))
            self.take(1)
            return False
        if words[:1] != "%":
            return False
        self.flush()
        self.control(words[1:].strip())
        self.take(end + 1 - self.at)
        return True

    def control(self, words):
        first = words.split("(")[0].split(":")[0].split(" ")[0]
        if first[:3] == "end":
            if not self.blocks or self.blocks[-1][0] != first[3:]:
                raise self.error("'% " + first + "' closes nothing")
            self.close()
            return
        if words[-1:] != ":":
            raise self.error("'% " + words + "' must end with a colon")
        if first in _GOES_ON:
            if not self.blocks:
                raise self.error("'% " + first + "' continues nothing")
            self.depth -= 1
            self.code(words)
        elif first in _OPENS:
            self.code(words)
            self.blocks.append((first, None))
        else:
            raise self.error("'% " + words + "' is no control line")
        self.depth += 1
        self.code("pass")

    def close(self):
        self.depth -= 1
        self.blocks.pop()

    def step(self):
        rest = self.text[self.at:self.at + 7]
        if rest[:2] == "${":
            self.take(2)
            self.expression()
        elif rest[:6] == "<%doc>":
            self.take(6)
            self.take_until("</%doc>", "<%doc>")
        elif rest[:7] == "<%text>":
            self.take(7)
            self.literal(self.take_until("</%text>", "<%text>"))
        elif rest[:6] == "<%def ":
            self.definition()
        elif rest[:7] == "</%def>":
            self.end_definition()
        elif rest[:3] == "<%!":
            self.take(3)
            self.module.extend(_dedent(self.take_until("%>", "<%!")))
        elif rest[:2] == "<%" and rest[2:3] in " \n\t":
            self.take(2)
            self.flush()
            for line in _dedent(self.take_until("%>", "<%")):
                self.code(line)
        elif rest[:2] == "<%" or rest[:3] == "</%":
            raise self.error("'" + self.text[self.at:self.at + 20].split("\n")[0] + "' is not supported")
        elif rest[:2] == "\\\n":
            self.take(2)
        else:
            self.literal(self.take(self.plain_length()))

    def plain_length(self):
        """Up to the next character that may begin something, or behind the next line."""
        end = self.at + 1
        while end < len(self.text) and self.text[end] not in "$<\\" and self.text[end - 1] != "\n":
            end += 1
        return end - self.at

    def expression(self):
        start = self.at
        depth = 0
        bars = []
        while True:
            if self.at >= len(self.text):
                raise self.error("'${' is not closed")
            char = self.text[self.at]
            if char in "\"'":
                self.take_string(char)
                continue
            if char == "}" and depth == 0:
                break
            if char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
            elif char == "|" and depth == 0:
                bars.append(self.at)
            self.take(1)
        source = self.text[start:self.at]
        self.take(1)
        filters = []
        if bars:
            source, names = self.text[start:bars[-1]], self.text[bars[-1] + 1:self.at - 1]
            filters = [name.strip() for name in names.split(",")]
        call = "(" + source.strip() + ")"
        if "n" not in filters:
            call = "_text(" + call + ")"
        for name in filters:
            if name != "n":
                call = {"str": "str", "trim": "str.strip"}.get(name, name) + "(" + call + ")"
        self.flush()
        self.code("_write(" + call + ")")

    def take_string(self, quote):
        mark = quote * 3 if self.text[self.at:self.at + 3] == quote * 3 else quote
        self.take(len(mark))
        while self.text[self.at:self.at + len(mark)] != mark:
            if self.at >= len(self.text):
                raise self.error("a string is not closed")
            self.take(2 if self.text[self.at] == "\\" else 1)
        self.take(len(mark))

    def definition(self):
        self.take(6)
        attributes = self.take_until(">", "<%def")
        quote = '"' if '"' in attributes else "'"
        name = attributes.split(quote)[1]
        self.flush()
        self.code("def " + name + ":")
        self.depth += 1
        self.code("_parts = []")
        self.code("_write = _parts.append")
        self.blocks.append(("def", name))

    def end_definition(self):
        self.take(7)
        if not self.blocks or self.blocks[-1][0] != "def":
            raise self.error("'</%def>' closes nothing")
        self.flush()
        self.code("return ''.join(_parts)")
        self.close()


def _dedent(code):
    """The lines of a block without their common margin."""
    lines = code.split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(margins) if margins else 0
    return [lines[0].strip()] + [line[margin:].rstrip() for line in lines[1:]]


def translate(text):
    return _Translator(text).run()


class Context:
    """`context` in a template."""

    def __init__(self, values):
        self._values = values

    def get(self, name, default=None):
        return self._values.get(name, default)

    def __getitem__(self, name):
        return self._values[name]

    def keys(self):
        return list(self._values)


def _shown(ids):
    return ", ".join(ids) if isinstance(ids, (list, tuple)) else ids or ""


def values_for(revision, now):
    """The variables of Alembic's own template."""
    from alembic import context
    down = tuple(revision["down_revision"])
    labels = tuple(revision["branch_labels"])
    depends_on = tuple(revision["depends_on"])
    values = {
        "up_revision": revision["revision"],
        "down_revision": None if not down else down[0] if len(down) == 1 else down,
        "branch_labels": labels or None,
        "depends_on": None if not depends_on else depends_on[0] if len(depends_on) == 1 else depends_on,
        "create_date": now,
        "message": revision["message"] or "empty message",
        "comma": _shown,
        "imports": revision["imports"],
        "upgrades": revision["upgrades"],
        "downgrades": revision["downgrades"],
        "config": context.config,
    }
    values.update(revision.get("template_args") or {})
    values["context"] = Context(values)
    return values


def now(timezone):
    import datetime
    if not timezone:
        return datetime.datetime.now()
    import zoneinfo
    moment = datetime.datetime.now(datetime.timezone.utc)
    if timezone.lower() == "utc":
        return moment
    return moment.astimezone(zoneinfo.ZoneInfo(timezone))


def render(module, revision, timezone):
    values = values_for(revision, now(timezone))
    for name in values:
        setattr(module, name, values[name])
    parts = []
    module.render(parts.append)
    return "".join(parts)
