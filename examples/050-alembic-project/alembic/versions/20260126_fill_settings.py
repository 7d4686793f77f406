"""fill settings

Revision ID: 4d2f6e8c1a44
Revises: 3c9e5f1d7b33
Create Date: 2026-01-26 08:51:12.730114

"""
from datetime import date

from alembic import op
import sqlalchemy as sa


revision = "4d2f6e8c1a44"
down_revision = "3c9e5f1d7b33"
branch_labels = None
depends_on = None

PROVIDERS = {"openai": 60, "local": 5}


def upgrade():
    users = sa.table(
        "users",
        sa.column("id", sa.Integer),
        sa.column("email", sa.String),
        sa.column("name", sa.String),
    )
    op.bulk_insert(users, [
        {"id": 1, "email": "ann@example.org", "name": "Ann O'Neil"},
        {"id": 2, "email": "bob@example.org", "name": None},
    ])
    connection = op.get_bind()
    for provider, timeout in sorted(PROVIDERS.items()):
        connection.execute(
            sa.text("INSERT INTO settings (provider, timeout) VALUES (:provider, :timeout)"),
            {"provider": provider, "timeout": timeout},
        )
    op.add_column("users", sa.Column("member_since", sa.Date(), nullable=True))
    for row in connection.execute(sa.text("SELECT id, email FROM users ORDER BY id")).fetchall():
        connection.execute(
            sa.text("UPDATE users SET member_since = :day WHERE id = :id"),
            {"day": date(2026, 1, row.id), "id": row[0]},
        )


def downgrade():
    op.drop_column("users", "member_since")
    op.execute("DELETE FROM settings")
    op.execute("DELETE FROM users")
