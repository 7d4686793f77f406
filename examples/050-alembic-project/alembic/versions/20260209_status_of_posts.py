"""status of posts

Revision ID: 6f1b8c3e4d66
Revises: 5e7a0b9d2c55
Create Date: 2026-02-09 16:02:10.219377

"""
from alembic import op
import sqlalchemy as sa


revision = "6f1b8c3e4d66"
down_revision = "5e7a0b9d2c55"
branch_labels = None
depends_on = None

status = sa.Enum("draft", "published", name="post_status")


def upgrade():
    status.create(op.get_bind(), checkfirst=True)
    with op.batch_alter_table("posts") as batch_op:
        batch_op.add_column(sa.Column("status", status, nullable=False, server_default="draft"))
        batch_op.alter_column("title", existing_type=sa.String(200), type_=sa.Text(), existing_nullable=False)
        batch_op.create_unique_constraint("uq_posts_user_title", ["user_id", "title"])
        batch_op.create_index("ix_posts_status", ["status"])


def downgrade():
    with op.batch_alter_table("posts") as batch_op:
        batch_op.drop_index("ix_posts_status")
        batch_op.drop_constraint("uq_posts_user_title", type_="unique")
        batch_op.alter_column("title", existing_type=sa.Text(), type_=sa.String(200), existing_nullable=False)
        batch_op.drop_column("status")
    status.drop(op.get_bind(), checkfirst=True)
