"""merge view and tags

Revision ID: a18f304c2baa
Revises: 8b5d1e7a0f88, 9c7e2f8b1a99
Create Date: 2026-03-02 08:00:41.301167

"""
revision = "a18f304c2baa"
down_revision = ("8b5d1e7a0f88", "9c7e2f8b1a99")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
