# SPDX-License-Identifier: MIT
"""What a database holds, as lines that are equal for equal schemas: whatever wrote it."""
import re
import sqlite3

OWN = ("alembic_version", "cupel_history", "cupel_journal")


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


# --- SQLite

def split_top(text):
    """At the commas outside of parentheses and quotes."""
    parts, depth, quote, current = [], 0, "", ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(current.strip())
            current = ""
            continue
        current += char
    return parts + [current.strip()]


def plain(sql):
    """Without what only layout says: quotes of plain names, spaces, parentheses around a lone default."""
    sql = re.sub(r'"([a-z_][a-z0-9_]*)"', r"\1", sql)
    sql = re.sub(r"\s+", " ", sql).strip()
    sql = re.sub(r"\s*([(),])\s*", r"\1", sql)
    sql = re.sub(r'COLLATE "([A-Z]+)"', r"COLLATE \1", sql)
    sql = re.sub(r"ON (DELETE|UPDATE) (cascade|restrict|set null|set default|no action)\b", lambda action: action[0].upper(), sql)
    return re.sub(r"DEFAULT ?\((CURRENT_TIMESTAMP|'[^']*'|-?\d+|true|false)\) ?", r"DEFAULT \1 ", sql).strip()


def keys_apart(elements):
    """A key and a named CHECK that are written at their column as the constraints that they are. A key that counts up has no name
    where SQLAlchemy writes it."""
    made = []
    for element in elements:
        element = re.sub(r"CONSTRAINT \S+ (PRIMARY KEY AUTOINCREMENT)", r"\1", element)
        check = re.search(r" (CONSTRAINT \S+|CONSTRAINT \"[^\"]+\") CHECK ?(\(.*\))", element)
        if check and element.split(" ")[0] not in TABLE_WORDS:
            made.append(f"{check[1]} CHECK{check[2]}")
            element = element.replace(check[0], "", 1)
        key = re.match(r"(\w+) (.*) PRIMARY KEY( NOT NULL)?$", element)
        if key and key[1] not in TABLE_WORDS:
            made += [f"{key[1]} {key[2]}{key[3] or ''}", f"PRIMARY KEY({key[1]})"]
        else:
            made.append(element)
    return made


def moved_together(element):
    """A column's words in one order: name, type, then the rest sorted."""
    words = re.findall(r"(?:CONSTRAINT \S+ )?(?:DEFAULT (?:'(?:[^']|'')*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+)|NOT NULL|"
                       r"PRIMARY KEY(?: AUTOINCREMENT)?|UNIQUE|COLLATE \S+|"
                       r"(?:GENERATED ALWAYS )?AS ?\(.*?\) (?:STORED|VIRTUAL)|"
                       r"CHECK ?\(.*\)|REFERENCES .*)", element)
    rest = element
    for word in words:
        rest = rest.replace(word, "", 1)
    return " ".join([re.sub(r"\s+", " ", rest).strip()] + sorted(words))


TABLE_WORDS = ("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")


def table_lines(name, sql):
    body = sql[sql.index("(") + 1:sql.rindex(")")]
    elements = keys_apart([plain(element) for element in split_top(body)])
    columns = [e for e in elements if e.split(" ")[0].split("(")[0].upper() not in TABLE_WORDS]
    constraints = sorted(e for e in elements if e not in columns)
    tail = plain(sql[sql.rindex(")") + 1:])
    return ([f"table {name} {tail}".strip()] + [f"  {name}.{moved_together(column)}" for column in columns]
            + [f"  {name}: {constraint}" for constraint in constraints])


def sqlite_lines(path, rows=True):
    connection = sqlite3.connect(path)
    try:
        items = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL "
                                  "ORDER BY type, name").fetchall()
        lines = []
        for kind, name, table, sql in items:
            if table in OWN or name.startswith("sqlite_"):
                continue
            lines += table_lines(name, sql) if kind == "table" else [plain(sql)]
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall() if rows else []:
            if table not in OWN and not table.startswith("sqlite_"):
                lines += sorted(f"  row {table} {row}" for row in connection.execute(f'SELECT * FROM {quoted(table)}'))
        return lines
    finally:
        connection.close()


# --- PostgreSQL

OBJECTS = """
SELECT format('%s %s.%s', CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                          WHEN 'S' THEN 'sequence' WHEN 'p' THEN 'partitioned table' WHEN 'i' THEN 'index' ELSE relkind::text END,
              n.nspname, relname)
       || coalesce(' comment ' || quote_literal(obj_description(c.oid, 'pg_class')), '')
       || coalesce(' options ' || reloptions::text, '')
       || CASE WHEN relkind IN ('v', 'm') THEN ' ' || pg_get_viewdef(c.oid) ELSE '' END
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'v', 'm', 'S', 'p') AND relname <> ALL(%(own)s)
"""
COLUMNS = """
SELECT format('%s.%s column %s %s', n.nspname, relname, a.attnum, attname), format_type(atttypid, atttypmod), attnotnull,
       attidentity, attgenerated, pg_get_expr(adbin, adrelid), collname, col_description(c.oid, a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute a ON attrelid = c.oid
LEFT JOIN pg_attrdef d ON adrelid = c.oid AND adnum = a.attnum
LEFT JOIN pg_collation k ON k.oid = attcollation AND collname <> 'default'
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT attisdropped
  AND relname <> ALL(%(own)s)
"""
CONSTRAINTS = """
SELECT format('%s constraint %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
       obj_description(oid, 'pg_constraint')
FROM pg_constraint WHERE conrelid <> 0 AND connamespace::regnamespace::text !~ '^pg_'
  AND connamespace::regnamespace::text <> 'information_schema' AND conrelid::regclass::text <> ALL(%(own)s)
"""
INDEXES = """
SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid
JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND indrelid::regclass::text <> ALL(%(own)s)
"""
TYPES = """
SELECT format('%s %s', typtype, t.oid::regtype), (SELECT array_agg(enumlabel ORDER BY enumsortorder)::text FROM pg_enum WHERE enumtypid = t.oid)
FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND typtype IN ('e', 'd')
"""
SEQUENCES = """
SELECT schemaname, sequencename, data_type::text, start_value, min_value, max_value, increment_by, cycle, cache_size
FROM pg_sequences WHERE schemaname !~ '^pg_'
"""


def postgres_lines(connection, rows=True):
    """`connection` is psycopg2's, in autocommit."""
    lines = []
    with connection.cursor() as cursor:
        for query in (OBJECTS, COLUMNS, CONSTRAINTS, INDEXES, TYPES, SEQUENCES):
            cursor.execute(query.replace("%s", "%%s"), {"own": list(OWN)})
            lines += sorted(" ".join(str(value) for value in row if value not in (None, "")) for row in cursor.fetchall())
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^pg_' AND "
                       "schemaname <> 'information_schema' AND tablename <> ALL(%s) ORDER BY 1, 2", (list(OWN),))
        for schema, table in cursor.fetchall() if rows else []:
            cursor.execute(f"SELECT * FROM {quoted(schema)}.{quoted(table)}")
            lines += sorted(f"  row {table} {row}" for row in cursor.fetchall())
    return [numbered_again(line) for line in lines]


def numbered_again(line):
    """Column numbers count dropped columns too, which differ with the way and not with the result."""
    return re.sub(r" column \d+ ", " column ", line)


def without_times(lines):
    """What two runs of now() make different."""
    return [re.sub(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^']*'|datetime\.datetime\([^()]*(\([^()]*\)[^()]*)*\)", "TIME", line)
            for line in lines]
