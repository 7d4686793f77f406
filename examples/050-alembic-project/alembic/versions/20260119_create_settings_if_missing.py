"""create settings if missing

Some installations have the table already: an older release made it by itself.

Revision ID: 3c9e5f1d7b33
Revises: 2b6d41c0a9e2
Create Date: 2026-01-19 10:05:31.004218

"""
from alembic import op
import sqlalchemy as sa


revision = "3c9e5f1d7b33"
down_revision = "2b6d41c0a9e2"
branch_labels = None
depends_on = None


def upgrade():
    inspector = sa.inspect(op.get_bind())
    if "settings" not in inspector.get_table_names():
        op.create_table(
            "settings",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("provider", sa.String(50), nullable=False),
            sa.Column("timeout", sa.Integer(), nullable=False, server_default="30"),
        )
    columns = {column["name"] for column in inspector.get_columns("users")}
    if "locale" not in columns:
        op.add_column("users", sa.Column("locale", sa.String(10), server_default="en"))
    if "ix_settings_provider" not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("settings")}:
        op.create_index("ix_settings_provider", "settings", ["provider"])


def downgrade():
    op.drop_column("users", "locale")
    op.drop_table("settings")
