-- revision: a1c3e5f70911
-- down_revision:
-- message: create users
-- created: 2026-01-05T09:00:00Z

-- cupel: upgrade
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- cupel: downgrade
DROP TABLE users;
