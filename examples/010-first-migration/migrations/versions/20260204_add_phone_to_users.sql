-- revision: b2d4f6081a3c
-- down_revision: a1c3e5f70911
-- message: add phone to users
-- created: 2026-02-04T10:15:00Z

-- cupel: upgrade
ALTER TABLE users ADD COLUMN phone VARCHAR(20);
CREATE INDEX ix_users_phone ON users (phone);

-- cupel: downgrade
DROP INDEX ix_users_phone;
ALTER TABLE users DROP COLUMN phone;
