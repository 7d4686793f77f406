"""Words of a shell."""
import re as _re


def quote(s):
    if not s:
        return "''"
    if _re.fullmatch(r"[a-zA-Z0-9@%+=:,./_-]+", s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(words):
    return " ".join(map(quote, words))


def split(s, comments=False, posix=True):
    words, word, mark = [], None, None
    i = 0
    while i < len(s):
        c = s[i]
        i += 1
        if mark is not None:
            if c == mark:
                mark = None
            elif c == "\\" and mark == '"' and i < len(s) and s[i] in '"\\$`':
                word += s[i]
                i += 1
            else:
                word += c
        elif c in "'\"":
            mark = c
            word = word or ""
        elif c == "\\" and i < len(s):
            word = (word or "") + s[i]
            i += 1
        elif c.isspace():
            if word is not None:
                words.append(word)
            word = None
        else:
            word = (word or "") + c
    if mark is not None:
        raise ValueError("No closing quotation")
    if word is not None:
        words.append(word)
    return words
