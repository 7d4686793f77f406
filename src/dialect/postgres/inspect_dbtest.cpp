// SPDX-License-Identifier: MIT
// Against a real server (CUPEL_TEST_POSTGRES_URL), each test in a database of its own. What was
// read is compared as model::to_string() writes it.
#include <gtest/gtest.h>

#include "dialect/postgres/inspect.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::ObjectName;
using Texts = std::vector<std::string>;

/// Passes everything on and counts what was sent.
class CountingConnection : public driver::Connection {
 public:
  explicit CountingConnection(driver::Connection& inner) : inner_(inner) {}
  driver::Rows query(std::string_view sql, std::span<const Value> parameters) override {
    ++statements;
    ++round_trips;
    return inner_.query(sql, parameters);
  }
  std::vector<driver::Rows> run(std::span<const std::string> texts, std::size_t* failed) override {
    statements += texts.size();
    ++round_trips;
    return inner_.run(texts, failed);
  }
  void run_many(std::string_view sql, std::span<const std::vector<Value>> rows) override {
    inner_.run_many(sql, rows);
  }
  bool in_transaction() const override { return inner_.in_transaction(); }
  int server_version() const override { return inner_.server_version(); }
  bool is_alive() const override { return inner_.is_alive(); }
  void cancel() noexcept override { inner_.cancel(); }
  void* native_handle() override { return inner_.native_handle(); }
  void set_log(Log log) override { inner_.set_log(std::move(log)); }

  std::size_t statements = 0;
  std::size_t round_trips = 0;

 private:
  driver::Connection& inner_;
};

class PostgresInspect : public testing::Test {
 protected:
  void SetUp() override {
    if (!testing_support::PostgresDatabase::is_available())
      GTEST_SKIP() << "CUPEL_TEST_POSTGRES_URL is not set";
    database_ = std::make_unique<testing_support::PostgresDatabase>();
    inspector_ = make_inspector(database_->connection());
  }
  /// Statements separated by ";\n".
  void run(const std::string& statements) {
    std::vector<std::string> list;
    for (std::size_t start = 0; start < statements.size();) {
      const std::size_t end = std::min(statements.find(";\n", start), statements.size());
      list.push_back(statements.substr(start, end - start));
      start = end + 2;
    }
    database_->connection().run(list);
  }
  std::string read(const inspect::Scope& scope = {}) {
    return "\n" + model::to_string(inspector_->inspect(scope)) + "\n";
  }
  model::Column column(const std::string& name) {
    return *inspector_->table("t").find_column(name);
  }

  std::unique_ptr<testing_support::PostgresDatabase> database_;
  std::unique_ptr<inspect::Inspector> inspector_;
};

TEST_F(PostgresInspect, EmptyDatabase) {
  EXPECT_EQ(inspector_->inspect(), model::Schema{});
  EXPECT_EQ(inspector_->inspect({.all_schemas = true}), model::Schema{});
  EXPECT_EQ(inspector_->default_schema(), "public");
  EXPECT_EQ(inspector_->schema_names(), Texts{"public"});
  EXPECT_EQ(inspector_->table_names(), Texts{});
}

TEST_F(PostgresInspect, ColumnTypes) {
  run("CREATE TYPE mood AS ENUM ('sad', 'very \"happy\"', 'o''clock');\n"
      "CREATE TYPE \"Odd Type\" AS ENUM ('a');\n"
      "CREATE DOMAIN posint AS integer CHECK (VALUE > 0);\n"
      "CREATE SCHEMA s;\n"
      "CREATE EXTENSION ltree SCHEMA s;\n"
      "CREATE TABLE t (a bool, b int2, c int, d bigint, e numeric(10, 2), f real, g float8, "
      "h varchar(20), i char(3), j text, k bytea, l date, m time(3), n timetz, o timestamp, "
      "p timestamptz(2), q interval day to second, r json, s jsonb, t uuid, u inet, v tsrange, "
      "w int[], x varchar(5)[][], y mood, z mood[], aa \"Odd Type\", ab posint, ac s.ltree, "
      "ad s.ltree[], ae varchar(5) COLLATE \"C\", af bit(3))");
  EXPECT_EQ(read({.tables = {"t"}}), R"(
table t
  column a Boolean
  column b SmallInteger
  column c Integer
  column d BigInteger
  column e Numeric(10, 2)
  column f Float(24)
  column g Double
  column h String(20)
  column i Char(3)
  column j Text
  column k LargeBinary
  column l Date
  column m Time(3)
  column n Time(timezone)
  column o DateTime
  column p DateTime(2, timezone)
  column q Interval(DAY TO SECOND)
  column r Json
  column s JSONB
  column t Uuid
  column u INET
  column v TSRANGE
  column w Array(Integer)
  column x Array(String(5), 2)
  column y Enum('sad', 'very "happy"', 'o''clock', mood) of an existing type
  column z Array(Enum('sad', 'very "happy"', 'o''clock', mood) of an existing type)
  column aa Enum('a', Odd Type) of an existing type
  column ab posint
  column ac s.LTREE
  column ad Array(s.LTREE)
  column ae String(5) collate C
  column af BIT(3)
)");
}

TEST_F(PostgresInspect, DefaultsAndGeneration) {
  run("CREATE SEQUENCE lone;\n"
      "CREATE TABLE t (id serial PRIMARY KEY, a text DEFAULT 'it''s', b int DEFAULT -1, "
      "c bigint DEFAULT '7', d numeric(4, 1) DEFAULT 1.5, e boolean DEFAULT false, "
      "f timestamptz DEFAULT now(), g timestamptz DEFAULT CURRENT_TIMESTAMP, "
      "h jsonb DEFAULT '{}', i varchar(5) DEFAULT NULL, j int DEFAULT 1 + 2, "
      "k int DEFAULT nextval('lone'), l bigserial, m int GENERATED ALWAYS AS (b * 2) STORED, "
      "n int GENERATED ALWAYS AS IDENTITY (START -3 INCREMENT -2 MINVALUE -9 CYCLE))");
  EXPECT_EQ(read(), R"(
sequence lone
table t
  column id Integer not null
  column a Text default 'it''s'
  column b Integer default '-1'
  column c BigInteger default '7'
  column d Numeric(4, 1) default '1.5'
  column e Boolean default false
  column f DateTime(timezone) default now
  column g DateTime(timezone) default now
  column h JSONB default '{}'
  column i String(5)
  column j Integer default (1 + 2)
  column k Integer default nextval('lone'::regclass)
  column l BigInteger not null autoincrement
  column m Integer computed (b * 2) stored
  column n Integer not null identity always start -3 increment -2 min -9 cycle
  primary key t_pkey (id)
)");
}

TEST_F(PostgresInspect, OnlyWhatSerialMakesIsSerial) {
  run("CREATE TABLE t (id int PRIMARY KEY);\n"
      "CREATE TABLE u (id bigserial PRIMARY KEY);\n"
      "CREATE TABLE v (id serial REFERENCES u PRIMARY KEY);\n"
      "CREATE TABLE w (id serial PRIMARY KEY);\n"
      "ALTER SEQUENCE w_id_seq INCREMENT 10");
  using model::Autoincrement;
  const model::Schema schema = inspector_->inspect();
  EXPECT_EQ(schema.find_table("t")->columns[0].autoincrement, Autoincrement::No);
  EXPECT_EQ(schema.find_table("u")->columns[0].autoincrement, Autoincrement::Auto);
  EXPECT_EQ(schema.find_table("v")->columns[0].autoincrement, Autoincrement::Yes);
  EXPECT_EQ(schema.find_table("w")->columns[0].server_default,
            model::text("nextval('w_id_seq'::regclass)"));
  ASSERT_EQ(schema.sequences.size(), 1u);
  EXPECT_EQ(schema.sequences[0].increment, 10);
  EXPECT_EQ(schema.sequences[0].owned_by, "w.id");
}

TEST_F(PostgresInspect, Constraints) {
  run("CREATE SCHEMA s;\n"
      "CREATE EXTENSION btree_gist;\n"
      "CREATE TABLE s.other (a int, b int, UNIQUE (a, b));\n"
      "CREATE TABLE t (a int NOT NULL, b int, c int, \"d d\" int, r tsrange, "
      "CONSTRAINT pk PRIMARY KEY (\"d d\", a) INCLUDE (b) DEFERRABLE, "
      "CONSTRAINT uq UNIQUE (b) INCLUDE (c) DEFERRABLE INITIALLY DEFERRED, UNIQUE (a, b), "
      "FOREIGN KEY (a, b) REFERENCES s.other (a, b) MATCH FULL ON UPDATE RESTRICT "
      "ON DELETE SET NULL DEFERRABLE, CHECK (a > 0 OR b > 0), "
      "CONSTRAINT ex EXCLUDE USING gist (a WITH =, r WITH &&) WHERE (c > 0));\n"
      "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (c, b) REFERENCES s.other (a, b) "
      "ON DELETE SET NULL (c) NOT VALID;\n"
      "ALTER TABLE t ADD CONSTRAINT ck CHECK (b <> 3) NO INHERIT NOT VALID;\n"
      "COMMENT ON CONSTRAINT ck ON t IS 'why'");
  EXPECT_EQ(read({.tables = {"t"}}), R"(
table t
  column a Integer not null
  column b Integer
  column c Integer
  column d d Integer not null
  column r TSRANGE
  primary key pk (d d, a) include (b) deferrable
  unique constraint t_a_b_key (a, b)
  unique constraint uq (b) include (c) deferrable initially deferred
  foreign key fk (c, b) references s.other (a, b) on delete set null (c) not valid
  foreign key t_a_b_fkey (a, b) references s.other (a, b) match full on delete set null on update restrict deferrable
  check constraint ck (b <> 3) no inherit not valid comment 'why'
  check constraint t_check ((a > 0) OR (b > 0))
  exclude constraint ex (a with =, r with &&) where c > 0
)");
}

TEST_F(PostgresInspect, Indexes) {
  run("CREATE SCHEMA s;\n"
      "CREATE EXTENSION ltree SCHEMA s;\n"
      "CREATE EXTENSION pg_trgm;\n"
      "CREATE TABLE t (a int, b text COLLATE \"C\", c text, l s.ltree, UNIQUE (a));\n"
      "CREATE INDEX i1 ON t (lower(b) DESC NULLS LAST, c COLLATE \"POSIX\" text_pattern_ops, "
      "(a + 1), (c::varchar)) INCLUDE (a) WITH (fillfactor = 70) WHERE a > 3;\n"
      "CREATE INDEX i2 ON t (a DESC, b NULLS FIRST, lower(c) COLLATE \"C\");\n"
      "CREATE INDEX i3 ON t USING gin (c gin_trgm_ops);\n"
      "CREATE INDEX i4 ON t USING gist (l s.gist_ltree_ops(siglen = 100));\n"
      "COMMENT ON INDEX i2 IS 'why';\n"
      "INSERT INTO t (c) VALUES ('x'), ('x')");
  EXPECT_THROW(database_->query("CREATE UNIQUE INDEX CONCURRENTLY bad ON t (c)"), DatabaseError);
  EXPECT_EQ(read({.tables = {"t"}}), R"(
table t
  column a Integer
  column b Text collate C
  column c Text
  column l s.LTREE
  unique constraint t_a_key (a)
  unique index bad (c) invalid
  index i1 ((lower(b)) desc nulls last, c collate POSIX text_pattern_ops, ((a + 1)), (((c)::character varying))) include (a) with (fillfactor=70) where a > 3
  index i2 (a desc, b nulls first, (lower(c)) collate C) comment 'why'
  index i3 using gin (c gin_trgm_ops)
  index i4 using gist (l s.gist_ltree_ops(siglen='100'))
)");
}

TEST_F(PostgresInspect, NullsNotDistinct) {
  if (database_->connection().server_version() < 150000) GTEST_SKIP();
  run("CREATE TABLE t (a int, b int, UNIQUE NULLS NOT DISTINCT (a));\n"
      "CREATE UNIQUE INDEX i ON t (b) NULLS NOT DISTINCT");
  EXPECT_EQ(read(), R"(
table t
  column a Integer
  column b Integer
  unique constraint t_a_key (a) nulls not distinct
  unique index i (b) nulls not distinct
)");
}

TEST_F(PostgresInspect, PartitionsAndChildren) {
  run("CREATE TABLE p (id bigserial, d date CHECK (d > '2000-01-01'), PRIMARY KEY (id, d)) "
      "PARTITION BY RANGE (d);\n"
      "CREATE INDEX ip ON p (d);\n"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');\n"
      "CREATE TABLE p2 PARTITION OF p DEFAULT;\n"
      "CREATE INDEX i1 ON p1 (id);\n"
      "CREATE TABLE base (a int CHECK (a > 0));\n"
      "CREATE TABLE kid (b int) INHERITS (base);\n"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
      "CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()");
  EXPECT_EQ(read({.tables = {"p", "p1", "p2", "base", "kid"}}), R"(
table base
  column a Integer
  check constraint base_a_check (a > 0)
table kid inherits base
  column b Integer
table p partition by RANGE (d)
  column id BigInteger not null autoincrement
  column d Date not null
  primary key p_pkey (id, d)
  check constraint p_d_check (d > '2000-01-01'::date)
  index ip (d)
table p1 partition of p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')
  column id BigInteger not null autoincrement
  column d Date not null
  index i1 (id)
table p2 partition of p DEFAULT
  column id BigInteger not null autoincrement
  column d Date not null
trigger tr on p: CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()
)");
  EXPECT_TRUE(inspector_->has_column("p1", "d"));
  EXPECT_TRUE(inspector_->has_column("kid", "a"));
  EXPECT_FALSE(inspector_->has_column("kid", "c"));
}

TEST_F(PostgresInspect, TableOptions) {
  run("CREATE UNLOGGED TABLE t (a text) WITH (fillfactor = 50, autovacuum_enabled = false, "
      "toast.autovacuum_enabled = false);\n"
      "COMMENT ON TABLE t IS 'a table';\n"
      "COMMENT ON COLUMN t.a IS 'a column';\n"
      "CREATE TEMPORARY TABLE gone (a int)");
  EXPECT_EQ(read(), R"(
table t unlogged with (fillfactor=50, autovacuum_enabled=false, toast.autovacuum_enabled=false) comment 'a table'
  column a Text comment 'a column'
)");
}

TEST_F(PostgresInspect, TheConstructorsOfARangeTypeAreNoFunctions) {
  run("CREATE TYPE r AS RANGE (SUBTYPE = int)");
  EXPECT_EQ(inspector_->inspect().functions, std::vector<model::Function>{});
}

TEST_F(PostgresInspect, OtherObjects) {
  run("CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
      "ALTER TYPE mood ADD VALUE 'mad' BEFORE 'sad';\n"
      "COMMENT ON TYPE mood IS 'feelings';\n"
      "CREATE DOMAIN name_type AS varchar(5) COLLATE \"C\" DEFAULT 'x' NOT NULL "
      "CONSTRAINT c CHECK (VALUE <> '');\n"
      "CREATE SEQUENCE s1 AS smallint INCREMENT -1 CACHE 5;\n"
      "CREATE SEQUENCE s2 START 5 MAXVALUE 100;\n"
      "CREATE TABLE t (a int);\n"
      "CREATE VIEW v WITH (security_barrier) AS SELECT a AS x FROM t WHERE a > 1;\n"
      "COMMENT ON VIEW v IS 'a view';\n"
      "CREATE MATERIALIZED VIEW m AS SELECT a FROM t;\n"
      "CREATE UNIQUE INDEX im ON m (a);\n"
      "CREATE FUNCTION f(a int, OUT b text) LANGUAGE sql AS 'SELECT ''x''';\n"
      "CREATE FUNCTION f(text, VARIADIC int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
      "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';\n"
      "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
      "CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 1) "
      "EXECUTE FUNCTION g()");
  EXPECT_EQ(read(), R"(
enum mood ('mad', 'sad', 'ok') comment 'feelings'
domain name_type AS character varying(5) COLLATE "C" DEFAULT 'x'::character varying NOT NULL CONSTRAINT c CHECK (((VALUE)::text <> ''::text))
sequence s1 smallint increment -1 cache 5
sequence s2 start 5 max 100
table t
  column a Integer
materialized view m as SELECT t.a
   FROM t
  unique index im (a)
view v with (security_barrier=true) as SELECT t.a AS x
   FROM t
  WHERE (t.a > 1) comment 'a view'
function f(integer): CREATE OR REPLACE FUNCTION f(a integer, OUT b text)
 RETURNS text
 LANGUAGE sql
AS $function$SELECT 'x'$function$
function f(text, integer[]): CREATE OR REPLACE FUNCTION f(text, VARIADIC integer[])
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT 1$function$
function g(): CREATE OR REPLACE FUNCTION g()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$BEGIN RETURN NEW; END$function$
procedure p(): CREATE OR REPLACE PROCEDURE p()
 LANGUAGE sql
AS $procedure$SELECT 1$procedure$
trigger tr on t: CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (new.a > 1) EXECUTE FUNCTION g()
)");
}

TEST_F(PostgresInspect, WhatExtensionsMakeIsTheirs) {
  run("CREATE SCHEMA s;\nCREATE EXTENSION citext SCHEMA s;\nCREATE EXTENSION pg_buffercache");
  const model::Schema schema = inspector_->inspect({.all_schemas = true});
  EXPECT_EQ(schema.schemas, Texts{"s"});
  EXPECT_TRUE(schema.functions.empty());
  EXPECT_TRUE(schema.views.empty());
  EXPECT_TRUE(schema.domains.empty());
  ASSERT_EQ(schema.extensions.size(), 2u);
  EXPECT_EQ(schema.extensions[0].name, "citext");
  EXPECT_EQ(schema.extensions[0].schema, "s");
  EXPECT_EQ(schema.extensions[1].name, "pg_buffercache");
  EXPECT_EQ(schema.extensions[1].schema, "");
}

TEST_F(PostgresInspect, Scopes) {
  run("CREATE SCHEMA \"My S\";\nCREATE SCHEMA b;\nCREATE TABLE t (a int);\n"
      "CREATE TABLE \"My S\".\"it's\" (\"Se\\lect\" int);\nCREATE TABLE b.t (a int);\n"
      "CREATE VIEW b.v AS SELECT 1 AS x;\nCREATE TYPE b.mood AS ENUM ('x');\n"
      "CREATE TABLE u (m b.mood)");
  const std::string t = "\ntable t\n  column a Integer\n";
  const std::string u = "table u\n  column m Enum('x', b.mood) of an existing type\n";
  EXPECT_EQ(read(), t + u);
  EXPECT_EQ(read({.schemas = {"b"}}),
            "\nschema b\nenum b.mood ('x')\ntable b.t\n  column a Integer\n"
            "view b.v as SELECT 1 AS x\n");
  EXPECT_EQ(read({.schemas = {"", "My S"}}),
            "\nschema My S\ntable My S.it's\n  column Se\\lect Integer" + t + u);
  EXPECT_EQ(read({.tables = {{"b", "t"}}}), "\ntable b.t\n  column a Integer\n");
  EXPECT_EQ(read({.tables = {{"My S", "it's"}, {"t"}}}),
            "\ntable My S.it's\n  column Se\\lect Integer" + t);
  EXPECT_EQ(read({.tables = {"nothing"}}), "\n\n");
  EXPECT_EQ(inspector_->inspect({.all_schemas = true}).tables.size(), 4u);

  EXPECT_EQ(inspector_->schema_names(), (Texts{"My S", "b", "public"}));
  EXPECT_EQ(inspector_->table_names(), (Texts{"t", "u"}));
  EXPECT_EQ(inspector_->table_names("My S"), Texts{"it's"});
  EXPECT_EQ(inspector_->view_names("b"), Texts{"v"});
  EXPECT_TRUE(inspector_->has_table(ObjectName("My S", "it's")));
  EXPECT_TRUE(inspector_->has_column(ObjectName("public", "t"), "a"));
}

TEST_F(PostgresInspect, TheSearchPathDecidesTheDefaultSchema) {
  run("CREATE SCHEMA b;\nCREATE TABLE public.t (a int);\n"
      "CREATE TABLE b.u (a int);\nSET search_path = b");
  EXPECT_EQ(inspector_->default_schema(), "b");
  EXPECT_EQ(read(), "\ntable u\n  column a Integer\n");
  EXPECT_EQ(read({.all_schemas = true}),
            "\nschema public\ntable u\n  column a Integer\ntable public.t\n  column a Integer\n");
}

TEST_F(PostgresInspect, AsManyQueriesForManyTablesAsForOne) {
  CountingConnection counting(database_->connection());
  run("CREATE TABLE t0 (id serial PRIMARY KEY, a int REFERENCES t0)");
  make_inspector(counting)->inspect();
  const std::size_t statements = counting.statements;
  const std::size_t round_trips = counting.round_trips;
  EXPECT_EQ(round_trips, 4u);  // types, tables, objects, indexes
  std::vector<std::string> more;
  for (int i = 1; i < 200; ++i) {
    const std::string n = std::to_string(i);
    more.push_back("CREATE TABLE t" + n + " (id serial PRIMARY KEY, a int REFERENCES t0)");
    more.push_back("CREATE INDEX i" + n + " ON t" + n + " (a)");
  }
  database_->connection().run(more);
  EXPECT_EQ(make_inspector(counting)->inspect().tables.size(), 200u);
  EXPECT_EQ(counting.statements, 2 * statements);
  EXPECT_EQ(counting.round_trips, 2 * round_trips);
}

TEST_F(PostgresInspect, NoSuchTable) {
  run("CREATE TABLE users (a int)");
  EXPECT_EQ(inspector_->find_table("user"), std::nullopt);
  try {
    inspector_->table("user");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.to_string(),
              "there is no table 'user' in the database\n  hint: did you mean 'users'?");
  }
}

}  // namespace
}  // namespace cupel::dialect::postgres
