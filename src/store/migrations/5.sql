-- Names to be looked through as one types: folded, each word behind a space, each run of a script without spaces behind a
-- tab; behind a line break the same of the username.
CREATE TABLE peer_name (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
