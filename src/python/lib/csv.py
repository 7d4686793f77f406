"""Comma-separated values."""
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class Dialect:
    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    lineterminator = "\n"
    quoting = QUOTE_ALL


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}


def register_dialect(name, dialect=excel, **options):
    _dialects[name] = _options(dialect, options)


def get_dialect(name):
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def _options(dialect, options):
    if isinstance(dialect, str):
        if dialect not in _dialects:
            raise Error("unknown dialect")
        dialect = _dialects[dialect]
    made = Dialect()
    for name in ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting", "strict"):
        setattr(made, name, options.get(name, getattr(dialect, name)))
    return made


class reader:
    def __init__(self, csvfile, dialect="excel", **options):
        self.dialect = _options(dialect, options)
        self._lines = iter(csvfile)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        row, field, quoted, was_quoted, started = [], [], False, False, False
        while True:
            line = next(self._lines, None)
            if line is None:
                if not started:
                    raise StopIteration
                break
            started = True
            self.line_num += 1
            i, n = 0, len(line)
            while i < n:
                c = line[i]
                i += 1
                if quoted:
                    if c == d.escapechar and i < n:
                        field.append(line[i])
                        i += 1
                    elif c == d.quotechar:
                        if d.doublequote and i < n and line[i] == d.quotechar:
                            field.append(c)
                            i += 1
                        else:
                            quoted = False
                    else:
                        field.append(c)
                elif c in "\r\n":
                    continue
                elif c == d.delimiter:
                    row.append(self._value(field, was_quoted))
                    field, was_quoted = [], False
                elif c == d.quotechar and not field and d.quoting != QUOTE_NONE:
                    quoted = was_quoted = True
                elif c == d.escapechar and i < n:
                    field.append(line[i])
                    i += 1
                elif c == " " and d.skipinitialspace and not field and not was_quoted:
                    continue
                else:
                    field.append(c)
            if not quoted:
                break
        if row or field or was_quoted:
            row.append(self._value(field, was_quoted))
        return row

    def _value(self, field, was_quoted):
        text = "".join(field)
        return float(text) if self.dialect.quoting == QUOTE_NONNUMERIC and not was_quoted else text


class writer:
    def __init__(self, csvfile, dialect="excel", **options):
        self.dialect = _options(dialect, options)
        self._write = csvfile.write

    def _field(self, value, alone):
        d = self.dialect
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
        special = any(c in text for c in (d.delimiter, d.quotechar or "", "\n", "\r")if c) or (text == "" and alone)
        quote = d.quoting == QUOTE_ALL or (d.quoting == QUOTE_NONNUMERIC and not number) or (
            d.quoting == QUOTE_MINIMAL and special)
        if not quote:
            if special and d.quoting == QUOTE_NONE and text:
                if d.escapechar is None:
                    raise Error("need to escape, but no escapechar set")
                return "".join(d.escapechar + c if c in (d.delimiter, d.escapechar, d.quotechar) else c for c in text)
            return text
        text = text.replace(d.quotechar, d.quotechar * 2 if d.doublequote else (d.escapechar or "") + d.quotechar)
        return d.quotechar + text + d.quotechar

    def writerow(self, row):
        row = list(row)
        line = self.dialect.delimiter.join(self._field(value, len(row) == 1) for value in row)
        return self._write(line + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **options):
        self.reader = reader(f, dialect, **options)
        self._fieldnames = fieldnames
        self.restkey, self.restval = restkey, restval

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        if names is None:
            raise StopIteration
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            made[name] = self.restval
        return made


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options):
        self.writer = writer(f, dialect, **options)
        self.fieldnames, self.restval, self.extrasaction = list(fieldnames), restval, extrasaction

    def _row(self, row):
        extra = [key for key in row if key not in self.fieldnames]
        if extra and self.extrasaction == "raise":
            raise ValueError("dict contains fields not in fieldnames: " + ", ".join(map(repr, extra)))
        return [row.get(name, self.restval) for name in self.fieldnames]

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def writerow(self, row):
        return self.writer.writerow(self._row(row))

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
