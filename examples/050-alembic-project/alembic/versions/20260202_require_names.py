"""require names

Three steps: add the column that may be empty, fill it, then forbid what is empty.

Revision ID: 5e7a0b9d2c55
Revises: 4d2f6e8c1a44
Create Date: 2026-02-02 11:20:48.552901

"""
from alembic import op
import sqlalchemy as sa


revision = "5e7a0b9d2c55"
down_revision = "4d2f6e8c1a44"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("display_name", sa.String(100), nullable=True))
    op.execute("UPDATE users SET display_name = COALESCE(name, 'user-' || id)")
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("display_name", existing_type=sa.String(100), nullable=False)


def downgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_column("display_name")
