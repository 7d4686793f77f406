"""rename settings

Revision ID: 7a3c9d5f6e77
Revises: 6f1b8c3e4d66
Create Date: 2026-02-16 09:33:57.640185

"""
from alembic import op
import sqlalchemy as sa


revision = "7a3c9d5f6e77"
down_revision = "6f1b8c3e4d66"
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table("settings", "llm_settings")
    with op.batch_alter_table("llm_settings") as batch_op:
        batch_op.alter_column("provider", new_column_name="provider_name", existing_type=sa.String(50),
                              existing_nullable=False)


def downgrade():
    with op.batch_alter_table("llm_settings") as batch_op:
        batch_op.alter_column("provider_name", new_column_name="provider", existing_type=sa.String(50),
                              existing_nullable=False)
    op.rename_table("llm_settings", "settings")
