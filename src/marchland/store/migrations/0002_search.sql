-- Full text over documents, kept in step by triggers.

CREATE VIRTUAL TABLE found USING fts5 (
    title, text, content = 'document', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_found AFTER INSERT ON document BEGIN
    INSERT INTO found (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER document_lost AFTER DELETE ON document BEGIN
    INSERT INTO found (found, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
INSERT INTO found (found) VALUES ('rebuild');

-- Why two tellings are one record, for a person with an SQLite shell.
CREATE VIEW merges AS
SELECT l.id AS "left", r.id AS "right", s.score AS score, s.reasons AS reasons
FROM shape s
JOIN part l ON l.n = (SELECT min(n) FROM part WHERE shape = s.n)
JOIN part r ON r.n = (SELECT min(n) FROM part WHERE shape = s.parent);
