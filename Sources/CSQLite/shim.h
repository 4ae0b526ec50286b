#include <sqlite3.h>
#include <stddef.h>

// What Swift cannot say by itself: functions of a variable number of arguments, and a constant that is a cast.

/// Empties a database in place, however damaged its file is, beside other users of it.
static inline int latent_sqlite_reset(sqlite3 *database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);
  int status = sqlite3_exec(database, "VACUUM", NULL, NULL, NULL);
  sqlite3_db_config(database, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
  return status;
}

/// Binds a text that SQLite copies; an empty one may have no address.
static inline int latent_sqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, size_t length) {
  return sqlite3_bind_text64(statement, place, text == NULL ? "" : text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}
