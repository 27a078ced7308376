import GRDB

/// The tables.
///
/// A migration that was released never changes; what is new is another one.
///
/// Moments are milliseconds since 1970 by the wall clock, days are whole days of UTC since then.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 records") { try $0.execute(sql: records) }
    migrator.registerMigration("1 operators") { try $0.execute(sql: operators) }
    migrator.registerMigration("1 polling") { try $0.execute(sql: polling) }
    migrator.registerMigration("2 asked") { try $0.execute(sql: asked) }
    migrator.registerMigration("3 victims") { try $0.execute(sql: victims) }
    migrator.registerMigration("3 alerts") { try $0.execute(sql: alerts) }
    migrator.registerMigration("3 polls") { try $0.execute(sql: polls) }
    migrator.registerMigration("3 causes") { try $0.execute(sql: causes) }
    return migrator
  }

  private static let records = """
    CREATE TABLE state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      revision INTEGER NOT NULL,        -- counts what was written
      collections INTEGER NOT NULL,     -- counts how often rows were taken away that nothing refers to
      rolledUntil INTEGER,              -- the first day that is not added up yet
      keptFrom INTEGER,                 -- the first day whose transitions are there
      accountOrder TEXT,                -- names, a JSON list
      accountOrderRevision INTEGER NOT NULL DEFAULT 0
    );
    INSERT INTO state (id, revision, collections) VALUES (1, 0, 0);

    CREATE TABLE subject (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind INTEGER NOT NULL,
      scope TEXT NOT NULL,              -- an account, an entity's type, a WABA
      key TEXT NOT NULL,                -- a target, an id
      text TEXT NOT NULL,
      detail TEXT,
      UNIQUE (kind, scope, key)
    );

    CREATE TABLE content (              -- reports, reasons and the like, each kept once
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hash INTEGER NOT NULL,
      body BLOB NOT NULL
    );
    CREATE INDEX contentByHash ON content (hash);

    CREATE TABLE transition (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      subject INTEGER NOT NULL,
      former INTEGER,                   -- states
      state INTEGER,
      details INTEGER,                  -- contents: of a state, what the answers say otherwise
      reason INTEGER,
      shadow INTEGER                    -- the earlier moment at which something later was told
    );
    CREATE INDEX transitionByTime ON transition (at, kind, state);
    CREATE INDEX transitionBySubject ON transition (subject);
    CREATE INDEX transitionOfLine ON transition (subject, at, id, state)
      WHERE shadow IS NULL AND kind < 6;
    CREATE INDEX transitionInShadow ON transition (subject) WHERE shadow IS NOT NULL;

    CREATE TABLE coverage (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      start INTEGER NOT NULL,
      stop INTEGER NOT NULL
    );
    CREATE INDEX coverageByAccount ON coverage (account);

    CREATE TABLE rollUp (               -- milliseconds per state
      day INTEGER NOT NULL,
      subject INTEGER NOT NULL,
      blocked INTEGER NOT NULL,
      critical INTEGER NOT NULL,
      limited INTEGER NOT NULL,
      warning INTEGER NOT NULL,
      unknown INTEGER NOT NULL,
      stale INTEGER NOT NULL,
      available INTEGER NOT NULL,
      PRIMARY KEY (day, subject)
    ) WITHOUT ROWID;

    CREATE TABLE number (
      subject INTEGER PRIMARY KEY,
      provider TEXT NOT NULL,
      label TEXT,
      isPresent INTEGER NOT NULL,
      revision INTEGER NOT NULL
    );
    CREATE TABLE reading (              -- narrow: a row changes at each poll
      subject INTEGER PRIMARY KEY,
      revision INTEGER NOT NULL,
      at INTEGER,
      content INTEGER,
      httpStatus INTEGER,
      latency INTEGER,                  -- milliseconds
      said,                             -- when the provider says that it looked: milliseconds, or its words
      isGood INTEGER NOT NULL,          -- the latest is the last good one too
      goodAt INTEGER,
      goodContent INTEGER,
      goodStatus INTEGER,
      goodLatency INTEGER,
      goodSaid
    );
    CREATE TABLE account (
      name TEXT PRIMARY KEY,
      condition BLOB NOT NULL,
      revision INTEGER NOT NULL
    );
    CREATE TABLE entity (
      subject INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      content INTEGER NOT NULL,
      revision INTEGER NOT NULL
    );
    CREATE TABLE templateList (
      waba TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      content INTEGER NOT NULL,
      revision INTEGER NOT NULL
    );

    CREATE TABLE incident (
      id TEXT PRIMARY KEY,
      reason INTEGER NOT NULL,
      start INTEGER NOT NULL,
      stop INTEGER,
      worst INTEGER NOT NULL,
      announced INTEGER
    );
    CREATE INDEX incidentByStart ON incident (start);
    CREATE TABLE victim (
      incident TEXT NOT NULL,
      subject INTEGER NOT NULL,
      joined INTEGER NOT NULL,
      leftAt INTEGER,
      place INTEGER NOT NULL,
      PRIMARY KEY (incident, place)
    ) WITHOUT ROWID;
    """

  private static let operators = """
    CREATE TABLE acknowledgement (
      id TEXT PRIMARY KEY,
      subject INTEGER NOT NULL,
      author TEXT NOT NULL,
      comment TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      state INTEGER NOT NULL,
      endedAt INTEGER,
      endedWhy TEXT
    );
    CREATE TABLE mute (
      id TEXT PRIMARY KEY,
      filter TEXT NOT NULL,
      author TEXT NOT NULL,
      comment TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER NOT NULL,
      endedAt INTEGER,
      endedWhy TEXT
    );
    CREATE TABLE comment (
      id TEXT PRIMARY KEY,
      subject INTEGER NOT NULL,
      author TEXT NOT NULL,
      text TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX commentBySubject ON comment (subject);
    CREATE TABLE notice (
      id TEXT PRIMARY KEY,
      channel TEXT NOT NULL,
      body TEXT NOT NULL,
      at INTEGER NOT NULL,
      due INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      failure TEXT,
      holder TEXT,                      -- who tries to send it
      heldUntil INTEGER,
      sent INTEGER
    );
    CREATE INDEX noticeToSend ON notice (due) WHERE sent IS NULL;
    """

  private static let polling = """
    CREATE TABLE lease (
      account TEXT PRIMARY KEY,
      holder TEXT,                      -- none while it is given back
      term INTEGER NOT NULL,
      settings TEXT NOT NULL,
      renewed INTEGER NOT NULL,
      until INTEGER NOT NULL
    );
    CREATE TABLE demand (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      target TEXT,
      author TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX demandByAccount ON demand (account);
    """

  private static let alerts = """
    CREATE TABLE told (                 -- and its end was not told
      channel TEXT NOT NULL,
      key TEXT NOT NULL,
      incident TEXT NOT NULL,
      account TEXT NOT NULL,
      rank INTEGER NOT NULL,
      body TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (channel, key)
    ) WITHOUT ROWID;
    CREATE TABLE channel (
      name TEXT PRIMARY KEY,
      sent INTEGER,                     -- when it last worked
      failure TEXT                      -- why it does not
    ) WITHOUT ROWID;
    ALTER TABLE notice ADD COLUMN isGivenUp INTEGER NOT NULL DEFAULT 0;
    DROP INDEX noticeToSend;
    CREATE INDEX noticeToSend ON notice (channel, at) WHERE sent IS NULL;
    CREATE INDEX noticeDone ON notice (channel, isGivenUp, sent) WHERE sent IS NOT NULL;
    """

  private static let polls = """
    ALTER TABLE reading ADD COLUMN polls INTEGER;   -- the states at the last polls
    ALTER TABLE reading ADD COLUMN worst INTEGER;   -- since it flaps; none while it doesn't
    """

  private static let causes = """
    ALTER TABLE transition ADD COLUMN others INTEGER;   -- a content: more reasons
    """

  private static let asked = """
    CREATE TABLE asked (                -- written before it is asked
      account TEXT NOT NULL,
      target TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (account, target)
    ) WITHOUT ROWID;
    """

  /// The columns of the key come first: otherwise SQLite 3.40, which Debian 12 has, takes sound rows
  /// for damaged ones when it checks the file.
  private static let victims = """
    CREATE TABLE victimByPlace (
      incident TEXT NOT NULL,
      place INTEGER NOT NULL,
      subject INTEGER NOT NULL,
      joined INTEGER NOT NULL,
      leftAt INTEGER,
      PRIMARY KEY (incident, place)
    ) WITHOUT ROWID;
    INSERT INTO victimByPlace (incident, place, subject, joined, leftAt)
      SELECT incident, place, subject, joined, leftAt FROM victim;
    DROP TABLE victim;
    ALTER TABLE victimByPlace RENAME TO victim;
    """
}
