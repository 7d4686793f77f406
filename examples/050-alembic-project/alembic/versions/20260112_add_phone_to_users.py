"""add phone to users

Revision ID: 2b6d41c0a9e2
Revises: 1f0c2a7be4d1
Create Date: 2026-01-12 15:40:02.881024

"""
from alembic import op
import sqlalchemy as sa


revision = "2b6d41c0a9e2"
down_revision = "1f0c2a7be4d1"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("phone", sa.String(length=20), nullable=True))
    op.create_index("ix_users_phone", "users", ["phone"])


def downgrade():
    op.drop_index("ix_users_phone", table_name="users")
    op.drop_column("users", "phone")
