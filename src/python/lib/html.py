"""Text in HTML."""


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return s.replace('"', "&quot;").replace("'", "&#x27;") if quote else s


def unescape(s):
    import re
    named = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0"}

    def one(match):
        text = match[1]
        if text[0] == "#":
            return chr(int(text[2:], 16) if text[1] in "xX" else int(text[1:]))
        return named.get(text, match[0])
    return re.sub(r"&(#\d+|#[xX][0-9a-fA-F]+|\w+);", one, s)
