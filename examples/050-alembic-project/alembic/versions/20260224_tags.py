"""tags

Revision ID: 9c7e2f8b1a99
Revises: 7a3c9d5f6e77
Create Date: 2026-02-24 10:14:05.918254

"""
from alembic import op
import sqlalchemy as sa


revision = "9c7e2f8b1a99"
down_revision = "7a3c9d5f6e77"
branch_labels = None
depends_on = None


def upgrade():
    tags = op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False, unique=True),
        sa.Column("settings", sa.JSON(), nullable=True),
        sa.Column("public_id", sa.CHAR(32), index=True),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id", ondelete="SET NULL"), nullable=True),
    )
    op.bulk_insert(tags, [{"id": 1, "name": "news", "settings": {"color": "red", "sizes": [1, 2]}}])


def downgrade():
    op.drop_table("tags")
