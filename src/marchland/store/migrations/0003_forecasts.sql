-- Forecasts as they were issued. They are never changed and never taken out; what came of them is worked out when asked.
CREATE TABLE foretold (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,   -- hash of who, what, when and how likely
    first_day TEXT NOT NULL,   -- of the window, and the day on which it was made
    until TEXT NOT NULL,       -- last day of the window
    power TEXT NOT NULL,
    host TEXT NOT NULL,
    level TEXT NOT NULL,       -- quad, type, tie
    class TEXT NOT NULL,
    probability REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    base REAL NOT NULL,        -- the base rate, as it was known then
    basis TEXT NOT NULL,
    rule TEXT NOT NULL,        -- when it counts as having come true
    seen TEXT NOT NULL,        -- JSON: documents, acts, last day, coder
    reasons TEXT NOT NULL,     -- JSON list
    issued TEXT                -- ISO time in UTC, as the caller gave it; NULL = not given
);
CREATE INDEX foretold_window ON foretold (first_day, until);
CREATE TRIGGER foretold_stands BEFORE UPDATE ON foretold BEGIN
    SELECT RAISE(ABORT, 'an issued forecast is never changed');
END;
CREATE TRIGGER foretold_stays BEFORE DELETE ON foretold BEGIN
    SELECT RAISE(ABORT, 'an issued forecast is never taken out');
END;
