"""active users view

Revision ID: 8b5d1e7a0f88
Revises: 7a3c9d5f6e77
Create Date: 2026-02-23 14:45:29.007733

"""
import textwrap

from alembic import op


revision = "8b5d1e7a0f88"
down_revision = "7a3c9d5f6e77"
branch_labels = None
depends_on = None

# One statement a call: SQLite's Python driver takes no more.
STATEMENTS = [
    textwrap.dedent("""
        CREATE VIEW active_users AS
        SELECT id, email, 'since\\: ' || member_since AS since FROM users WHERE is_active
    """),
    "UPDATE llm_settings SET timeout = timeout + 1",
]


def upgrade():
    for statement in STATEMENTS:
        op.execute(statement)
    if op.get_context().dialect.name == "postgresql":
        op.execute("""
            COMMENT ON VIEW active_users IS 'who may sign in; others are kept for the books';
            COMMENT ON TABLE users IS 'people';
        """)


def downgrade():
    if op.get_context().dialect.name == "postgresql":
        op.execute("COMMENT ON TABLE users IS NULL")
    op.execute("UPDATE llm_settings SET timeout = timeout - 1")
    op.execute("DROP VIEW active_users")
