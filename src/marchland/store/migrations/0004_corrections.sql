-- What persons said about records. The log is only ever added to; what follows from it can be derived from it again.

CREATE TABLE correction (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL,      -- accept, reject, edit, merge, split, add, undo
    who TEXT NOT NULL,
    at TEXT,                   -- ISO time in UTC, as the caller gave it; NULL = not given
    note TEXT NOT NULL,
    takes_back TEXT            -- of an undo: the id of the entry that it takes back
);
CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;
CREATE TRIGGER correction_holds BEFORE UPDATE ON correction BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;

-- The tellings that an entry speaks of.
CREATE TABLE corrected (
    correction INTEGER NOT NULL REFERENCES correction (n),
    position INTEGER NOT NULL,
    doc_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,      -- of the document's text
    anchor TEXT NOT NULL,
    twin TEXT NOT NULL,        -- which of several tellings with one anchor; empty = it was alone
    read TEXT,                 -- JSON: the telling as the coder read it then; NULL = a person added it
    before TEXT,               -- JSON: as it stood; NULL = there was none
    after TEXT,                -- JSON: as it stands by this entry; NULL = it counts no longer
    changes TEXT,              -- JSON: the fields that the person vouches for
    PRIMARY KEY (correction, position)
) WITHOUT ROWID;
CREATE INDEX corrected_document ON corrected (doc_id);
CREATE TRIGGER corrected_stays BEFORE DELETE ON corrected BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;
CREATE TRIGGER corrected_holds BEFORE UPDATE ON corrected BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;

-- Pairs that a person joined, by anchor; `never` has those taken apart.
CREATE TABLE always (
    low TEXT NOT NULL,
    high TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (low, high)
) WITHOUT ROWID;
CREATE INDEX always_high ON always (high);

-- What the coder read in documents of which a person corrected something; `part` holds the corrected records.
CREATE TABLE uncorrected (
    document INTEGER PRIMARY KEY REFERENCES document (n),
    records TEXT NOT NULL,     -- JSON list, as read
    rejected TEXT NOT NULL     -- JSON list of the tellings that count no longer
);

-- Pairs that were taken apart before there was a log.
INSERT INTO correction (id, action, who, at, note, takes_back)
SELECT 'split-' || low || '-' || high, 'split', 'unknown', NULL, '', NULL FROM never ORDER BY low, high;
INSERT INTO corrected (correction, position, doc_id, sha256, anchor, twin, read, before)
SELECT c.n, a.position, coalesce(d.doc_id, ''), coalesce(json_extract(d.head, '$.sha256'), ''), a.anchor, '', p.record, p.record
FROM (SELECT low, high, 0 AS position, low AS anchor FROM never UNION ALL SELECT low, high, 1, high FROM never) a
JOIN correction c ON c.id = 'split-' || a.low || '-' || a.high
LEFT JOIN part p ON p.n = (SELECT min(n) FROM part WHERE anchor = a.anchor)
LEFT JOIN document d ON d.n = p.document;
